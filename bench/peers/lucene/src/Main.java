import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.util.Version;

/** Lucene as a process that is asked line by line; ../../README.md says what each line means. */
public final class Main {
  private Main() {}

  private static String run(Peer peer, String mode, int runs, String text) throws Exception {
    long best = Long.MAX_VALUE;
    long count = -1;
    for (int i = 0; i < runs; ++i) {
      long start = System.nanoTime();
      Peer.Answer answer = peer.answer(mode, text);
      best = Math.min(best, System.nanoTime() - start);
      count = answer.count();
    }
    return best + "\t" + count;
  }

  private static String show(Peer peer, String mode, String text) throws Exception {
    Peer.Answer answer = peer.answer(mode, text);
    StringBuilder hits = new StringBuilder();
    for (int i = 0; i < answer.numbers().length; ++i) {
      if (i > 0) hits.append(' ');
      hits.append(answer.numbers()[i]).append(':').append(answer.scores()[i]);
    }
    return answer.count() + "\t" + hits;
  }

  /** Best tens per second, {@code threads} threads on one searcher. */
  private static String parallel(Peer peer, int threads, double seconds, String file)
      throws Exception {
    List<String> queries = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    AtomicLong done = new AtomicLong();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; ++i) {
      int first = i * queries.size() / threads;
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int at = first; System.nanoTime() < end; ++at) {
                    peer.answer("top10", queries.get(at % queries.size()));
                    done.incrementAndGet();
                  }
                } catch (Exception failure) {
                  throw new IllegalStateException(failure);
                }
              });
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) thread.join();
    return String.format(Locale.ROOT, "%f", done.get() * 1e9 / (System.nanoTime() - start));
  }

  private static String reply(Peer peer, String line) throws Exception {
    String[] words = line.split("\t");
    switch (words[0]) {
      case "RUN":
        return run(peer, words[1], Integer.parseInt(words[2]), words[3]);
      case "SHOW":
        return show(peer, words[1], words[2]);
      case "PARALLEL":
        return parallel(
            peer, Integer.parseInt(words[1]), Double.parseDouble(words[2]), words[3]);
      default:
        throw new IOException("not understood: " + line);
    }
  }

  private static void serve(String directory) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Peer peer = new Peer(Path.of(directory));
    String runtime = System.getProperty("java.vm.name") + " " + Runtime.version();
    out.print(
        "READY\tLucene " + Version.LATEST + ", " + runtime + "\t" + peer.documents() + "\t"
            + peer.segments() + "\n");
    out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try {
        out.print("OK\t" + reply(peer, line) + "\n");
      } catch (Exception failure) {
        out.print("ERROR\t" + failure.toString().replace('\n', ' ') + "\n");
      }
      out.flush();
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals("index")) {
      Indexing.index(Path.of(arguments[1]), Path.of(arguments[2]));
    } else if (arguments.length == 2 && arguments[0].equals("merge")) {
      Indexing.merge(Path.of(arguments[1]));
    } else if (arguments.length == 2 && arguments[0].equals("serve")) {
      serve(arguments[1]);
    } else {
      System.err.println("index ARTICLES DIRECTORY | merge DIRECTORY | serve DIRECTORY");
      System.exit(2);
    }
  }
}
