Articles in: a new index is made where none is, and said so.

  $ stemma index archive.jsonl
  new index: FOLDER/.stemma
  7 articles in TIME: 7 added, 0 updated, 0 unchanged; the index holds 7
The same again changes nothing.

  $ stemma index archive.jsonl
  7 articles in TIME: 0 added, 0 updated, 7 unchanged; the index holds 7
A changed article with the same key is an update; keys of plain files are their paths.

  $ mkdir notes; printf 'A short note\n\nThe train is late.\n' > notes/one.txt; echo x > notes/two.xyz
  $ echo '{"id":"guns-2","body":"changed"}' | stemma index - notes
  2 articles in TIME: 1 added, 1 updated, 0 unchanged; 1 file of no known format; the index holds 8
  $ stemma show guns-2
  key: guns-2
  
  changed
  $ stemma search --ids late train
  notes/one.txt
What cannot be read does not stop the rest, and is listed at the end.

  $ printf '{"id":"good","body":"fine words"}\n{"id":broken\n' > mixed.jsonl
  $ stemma index mixed.jsonl absent.txt
  1 article in TIME: 1 added, 0 updated, 0 unchanged; the index holds 9
  not indexed: 2 inputs
    mixed.jsonl:2: is no valid JSON: JSON document ended early in the middle of an object or array. (one object on each line: {"title": …, "body": …})
    absent.txt: there is nothing at absent.txt (check the spelling of the path)
  [6]
  $ stemma search --ids fine
  good
Standard input may be one text.

  $ echo 'Only a sentence about zebras.' | stemma index -
  1 article in TIME: 1 added, 0 updated, 0 unchanged; the index holds 10
  $ stemma search zebra
  -	2.696938		
An index keeps its options.

  $ stemma index --title-weight 5 archive.jsonl
  stemma: --title-weight was fixed when this index was made: 2
    hint: leave the option out, or make another index with -d DIR
  [2]
  $ stemma index --analyzer none archive.jsonl
  stemma: --analyzer was fixed when this index was made: standard
    hint: leave the option out, or make another index with -d DIR
  [2]
  $ stemma index -d plain.idx --analyzer none archive.jsonl
  7 articles in TIME: 7 added, 0 updated, 0 unchanged; the index holds 7
  $ stemma search -d plain.idx --count trains; stemma search -d plain.idx --count train
  1
  2
A language for articles that name none.

  $ echo '{"id":"de","body":"viele Häuser"}' | stemma index -d de.idx --lang de -
  1 article in TIME: 1 added, 0 updated, 0 unchanged; the index holds 1
  $ stemma search -d de.idx --ids haus
  de
Unknown languages and sizes are refused.

  $ stemma index -d new.idx --lang klingon archive.jsonl
  stemma: no stemmer for the language "klingon"
    hint: one of: ar ca da de el en es eu fi fr ga hi hu hy id it lt ne nl no pt ro ru sr sv ta tr yi
  [2]
  $ stemma index -d new.idx --memory 10 archive.jsonl
  stemma: a memory budget of 10 bytes; at least 1 MiB is needed
    hint: give more memory; 256 MiB is the default
  [2]
  $ stemma index -d new.idx --memory lots archive.jsonl
  stemma: --memory: expected a size such as 256M or 1G, got "lots"
    hint: stemma index --help
  [2]
JSON for programs.

  $ stemma index --json archive.jsonl | sed 's/"seconds":[0-9.e-]*/"seconds":0/'
  {"v":1,"type":"index","added":0,"updated":1,"unchanged":6,"documents":10,"generation":5,"seconds":0,"files":1,"bytes":1276,"skipped_files":0,"replaced_bytes":0,"failures":[]}
  $ stemma index --progress json -d fresh.idx archive.jsonl
  {"committed":7,"generation":1}
  7 articles in TIME: 7 added, 0 updated, 0 unchanged; the index holds 7
