// All of Stemma's public interface.
#pragma once

#include "stemma/article.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "stemma/read_articles.h"
#include "stemma/searcher.h"
#include "stemma/types.h"
