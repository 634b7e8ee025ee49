Bad input: what, where, what was expected, what to try.

  $ stemma search train
  stemma: there is no index: no .stemma in this folder or above it
    hint: `stemma index PATH` makes one here; -d DIR or $STEMMA_INDEX names one elsewhere
  [3]
  $ stemma search -d nowhere train
  stemma: no index at nowhere
    hint: make one with `stemma index`, or name another with -d DIR
  [3]
  $ STEMMA_INDEX=elsewhere stemma stats
  stemma: no index at elsewhere
    hint: make one with `stemma index`, or name another with -d DIR
  [3]
  $ for c in show\ x delete\ x check rebuild explain\ x; do stemma $c; echo $?; done
  stemma: there is no index: no .stemma in this folder or above it
    hint: `stemma index PATH` makes one here; -d DIR or $STEMMA_INDEX names one elsewhere
  3
  stemma: there is no index: no .stemma in this folder or above it
    hint: `stemma index PATH` makes one here; -d DIR or $STEMMA_INDEX names one elsewhere
  3
  stemma: there is no index: no .stemma in this folder or above it
    hint: `stemma index PATH` makes one here; -d DIR or $STEMMA_INDEX names one elsewhere
  3
  stemma: there is no index: no .stemma in this folder or above it
    hint: `stemma index PATH` makes one here; -d DIR or $STEMMA_INDEX names one elsewhere
  3
  stemma: there is no index: no .stemma in this folder or above it
    hint: `stemma index PATH` makes one here; -d DIR or $STEMMA_INDEX names one elsewhere
  3
Commands and options that nearly are.

  $ stemma serach train
  stemma: there is no command "serach"
    hint: did you mean `stemma search`?
  [2]
  $ stemma train
  stemma: there is no command "train"
    hint: to search for it: stemma search train
  [2]
  $ stemma 2>&1 | head -1; stemma > /dev/null 2>&1
  Stemma finds articles: by word, by stem, by phrase, by field, by date.
  [2]
  $ stemma search --jsom train
  stemma: The following argument was not expected: --jsom
    hint: did you mean --json? `stemma search --help` lists all options
  [2]
  $ stemma search -train
  stemma: The following argument was not expected: -train
    hint: a query that begins with '-' goes after --: stemma search -- -train
  [2]
  $ stemma search --sort size train
  stemma: --sort: size not in {score,date,-date}
    hint: stemma search --help
  [2]
  $ stemma search -n -3 train
  stemma: --hits: Value -3 not in range 0 to 1000000
    hint: stemma search --help
  [2]
  $ stemma search --format xml train
  stemma: --format: xml not in {human,plain,json,trec}
    hint: stemma search --help
  [2]
  $ stemma search --json --ids train
  stemma: keys alone and --format json
    hint: choose one
  [2]
  $ stemma search
  stemma: there is no query
    hint: stemma search WORDS; `stemma search --help` shows the query language
  [2]
  $ stemma show
  stemma: key is required
    hint: stemma show --help
  [2]
  $ stemma index
  stemma: path is required
    hint: stemma index --help
  [2]
Doubtful queries are read, with notes; --strict refuses them and points at the place.

  $ stemma index archive.jsonl > first.txt 2>&1
  $ stemma search --ids '(train'
  note: this bracket is never closed; it goes on to the end
    (train
    ^
    hint: close it with )
  guns-1
  guns-2
  resume
  $ stemma search --ids --strict '(train'
  stemma: this bracket is never closed; it goes on to the end
    (train
    ^
    hint: close it with )
  [2]
  $ stemma search --ids --strict 'armoured "train'
  stemma: this quotation mark is never closed; the phrase goes on to the end
    armoured "train
             ^
    hint: close it with a second quotation mark
  [2]
  $ stemma search --strict --ids 'train'
  guns-1
  guns-2
  resume
  $ stemma search --ids 'tilte:letters'
  note: unknown field `tilte:`; read as plain words
    tilte:letters
    ^
    hint: did you mean `title:`?
  nothing found: ~"tilte letters"
    hint: `stemma explain` shows how the query was read
  [1]
  $ stemma search --ids ''
  nothing found: there is no word to look for
    hint: `stemma explain` shows how the query was read
  [1]
An index that is damaged, of another version, or not one at all.

  $ mkdir other; echo hello > other/file; stemma search -d other train
  stemma: no index at other
    hint: make one with `stemma index`, or name another with -d DIR
  [3]
  $ stemma index -d other archive.jsonl
  stemma: other holds other things, and no index: nothing was written
    hint: name an index, or a new or empty folder, with -d DIR
  [3]
  $ cp -r .stemma broken; for f in broken/segments/*; do dd if=/dev/zero of=$f bs=1 seek=100 count=200 conv=notrunc 2>&1 | grep -v -e rec -e byte; done; stemma check -d broken > out.txt 2>&1; echo $?; head -1 out.txt | cut -c1-17
  5
  damaged: s0000000
  $ cp -r .stemma broken2; echo garbage > broken2/MANIFEST; stemma search -d broken2 train; 
  stemma: the manifest differs from its checksum
    hint: the next writer (`stemma index`, `stemma rebuild`) publishes it again from the store
  [5]
Places: nearer first.

  $ mkdir -p deep/er; cd deep/er; stemma search --ids '"flood gate"'
  flood-1
  $ cd deep; stemma index -d ../one.idx ../archive.jsonl > /dev/null; cd ..; STEMMA_INDEX=one.idx stemma search --count train
  3
  $ STEMMA_INDEX=nowhere stemma search -d one.idx --count train
  3
