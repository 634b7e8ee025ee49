Many topics at once, as a TREC run.

  $ stemma index archive.jsonl > first.txt 2>&1
  $ printf 't1\tarmoured train\n\n# a remark\nt2\tTHE FLOOD (NOT "GATE"\nt3\tsign\nt4\tzebra\n' > topics.tsv
  $ stemma search --topics topics.tsv --format trec
  t1 Q0 guns-1 1 1.8204681828121303 stemma
  t3 Q0 two%20words 1 1.8433951721974511 stemma
  $ stemma search --topics topics.tsv --format trec --any -n 1
  t1 Q0 guns-1 1 1.8204681828121303 stemma
  t2 Q0 flood-1 1 3.0323352037100144 stemma
  t3 Q0 two%20words 1 1.8433951721974511 stemma
A topic is plain words, unless it is said to be a query.

  $ printf 'q\tflood NOT gate\n' > queries.tsv
  $ stemma search --topics queries.tsv
  [1]
  $ stemma search --topics queries.tsv --topics-syntax query
  q Q0 resume 1 0.66973212077273925 stemma
Faults in the file are named by line.

  $ printf 't1\tone\nnothing\n' | stemma search --topics -
  stemma: -:2: expected an id, a tab and the topic's text
    hint: one topic a line, as in corpus/topics.tsv
  [2]
  $ printf 't1\tone\nt1\ttwo\n' | stemma search --topics -
  stemma: -:2: the id t1 came before
    hint: give each topic an id of its own
  [2]
  $ stemma search --topics absent.tsv
  stemma: cannot read absent.tsv: No such file or directory
  [2]
  $ stemma search --topics topics.tsv train
  stemma: --topics brings its own queries
    hint: leave the query and --count out
  [2]
  $ stemma search --topics topics.tsv --format plain
  stemma: topics can be answered as trec or json, not plain
    hint: --format trec
  [2]
  $ stemma search --format trec train
  stemma: a TREC run needs topics with ids
    hint: --topics FILE --format trec
  [2]
