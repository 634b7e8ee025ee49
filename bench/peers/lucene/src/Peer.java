import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;

/** One searcher without a query cache. Safe to share between threads. */
final class Peer {
  /** The number of matches, -1 if not counted, and the hits, best first. */
  record Answer(long count, long[] numbers, float[] scores) {}

  private static final Answer NONE = new Answer(0, new long[0], new float[0]);

  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final ThreadLocal<TextQueries> parsers = ThreadLocal.withInitial(TextQueries::new);

  Peer(Path directory) throws IOException {
    reader = DirectoryReader.open(new MMapDirectory(directory));
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
  }

  int documents() {
    return reader.numDocs();
  }

  int segments() {
    return reader.leaves().size();
  }

  /** From the text of a query to numbers and scores. */
  Answer answer(String mode, String text) throws IOException, ParseException {
    Query query = parsers.get().parse(text);
    switch (mode) {
      case "top10":
        return best(query, 10, 10, false);
      case "top100":
        return best(query, 100, 100, false);
      case "top10_count":
        return best(query, 10, Integer.MAX_VALUE, true);
      case "count":
        return new Answer(searcher.count(query), NONE.numbers(), NONE.scores());
      default:
        throw new IOException("unknown mode " + mode);
    }
  }

  private Answer best(Query query, int k, int countUpTo, boolean counted) throws IOException {
    TopDocs top = searcher.search(query, new TopScoreDocCollectorManager(k, null, countUpTo));
    float[] scores = new float[top.scoreDocs.length];
    for (int i = 0; i < scores.length; ++i) scores[i] = top.scoreDocs[i].score;
    return new Answer(counted ? top.totalHits.value() : -1, numbers(top.scoreDocs), scores);
  }

  /** Doc values are read forwards, so the hits are visited in the order of the index. */
  private long[] numbers(ScoreDoc[] hits) throws IOException {
    long[] byDoc = new long[hits.length];
    for (int i = 0; i < hits.length; ++i) byDoc[i] = ((long) hits[i].doc << 32) | i;
    Arrays.sort(byDoc);
    long[] numbers = new long[hits.length];
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = null;
    NumericDocValues values = null;
    for (long place : byDoc) {
      int doc = (int) (place >>> 32);
      if (leaf == null || doc >= leaf.docBase + leaf.reader().maxDoc()) {
        leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        values = leaf.reader().getNumericDocValues("number");
      }
      if (!values.advanceExact(doc - leaf.docBase)) throw new IOException("no number");
      numbers[(int) place] = values.longValue();
    }
    return numbers;
  }
}
