import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.IntField;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;

/** The classic parser, for one thread; a range of dates is one of numbers, and fields other than words filter. */
final class TextQueries extends QueryParser {
  TextQueries() {
    super("words", new WhitespaceAnalyzer());
  }

  @Override
  protected Query getRangeQuery(
      String field, String first, String last, boolean withFirst, boolean withLast) {
    return new ConstantScoreQuery(
        IntField.newRangeQuery(field, Integer.parseInt(first), Integer.parseInt(last)));
  }

  @Override
  protected Query newTermQuery(Term term, float boost) {
    if (!term.field().equals("source")) return super.newTermQuery(term, boost);
    return new ConstantScoreQuery(super.newTermQuery(term, boost));
  }

  /** A required condition that is not about words becomes a filter. */
  @Override
  protected void addClause(List<BooleanClause> clauses, int joint, int modifier, Query query) {
    int before = clauses.size();
    super.addClause(clauses, joint, modifier, query);
    if (clauses.size() == before) return;
    BooleanClause added = clauses.get(before);
    if (added.isRequired() && query instanceof ConstantScoreQuery) {
      clauses.set(before, new BooleanClause(query, BooleanClause.Occur.FILTER));
    }
  }
}
