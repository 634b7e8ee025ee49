//! One open index and its answers.

use tantivy::collector::{Count, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{Query, QueryParser};
use tantivy::{DocAddress, Index, ReloadPolicy, Score, Searcher};

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub struct Answer {
    pub count: i64,
    pub hits: Vec<(u64, Score)>,
}

pub struct Peer {
    searcher: Searcher,
    parser: QueryParser,
    numbers: Vec<Column<u64>>,
}

impl Peer {
    pub fn open(directory: &str) -> Result<Peer> {
        let index = Index::open_in_dir(directory)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let mut parser = QueryParser::for_index(&index, vec![index.schema().get_field("words")?]);
        parser.allow_regexes();
        let numbers = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.fast_fields().u64("number"))
            .collect::<tantivy::Result<_>>()?;
        Ok(Peer {
            searcher,
            parser,
            numbers,
        })
    }

    pub fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    pub fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// From the text of a query to numbers and scores.
    pub fn answer(&self, mode: &str, text: &str) -> Result<Answer> {
        let query = self.parser.parse_query(text)?;
        let best = |k| TopDocs::with_limit(k).order_by_score();
        let (count, top) = match mode {
            "top10" => (-1, self.searcher.search(&query, &best(10))?),
            "top100" => (-1, self.searcher.search(&query, &best(100))?),
            "top10_count" => {
                let (top, count) = self.searcher.search(&query, &(best(10), Count))?;
                (count as i64, top)
            }
            "count" => (query.count(&self.searcher)? as i64, Vec::new()),
            _ => return Err(format!("unknown mode {mode}").into()),
        };
        let hits = top
            .into_iter()
            .map(|(score, place)| (self.number(place), score))
            .collect();
        Ok(Answer { count, hits })
    }

    fn number(&self, place: DocAddress) -> u64 {
        self.numbers[place.segment_ord as usize]
            .first(place.doc_id)
            .unwrap_or(0)
    }
}
