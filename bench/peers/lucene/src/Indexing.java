import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.MMapDirectory;

/**
 * One field of words with positions and norms, not stored; the date as points and doc values, the
 * source as one term, the number as doc values. All other settings are the writer's own.
 */
final class Indexing {
  private Indexing() {}

  static void index(Path articles, Path directory) throws IOException {
    try (MMapDirectory files = new MMapDirectory(directory);
        IndexWriter writer =
            new IndexWriter(files, new IndexWriterConfig(new WhitespaceAnalyzer()));
        BufferedReader lines = Files.newBufferedReader(articles)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t", 4);
        Document document = new Document();
        document.add(new NumericDocValuesField("number", Long.parseLong(parts[0])));
        document.add(new IntField("date", Integer.parseInt(parts[1]), Field.Store.NO));
        document.add(new StringField("source", parts[2], Field.Store.NO));
        document.add(new TextField("words", parts[3], Field.Store.NO));
        writer.addDocument(document);
      }
      writer.commit();
    }
  }

  static void merge(Path directory) throws IOException {
    try (MMapDirectory files = new MMapDirectory(directory);
        IndexWriter writer =
            new IndexWriter(files, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
      writer.forceMerge(1);
      writer.commit();
    }
  }
}
