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
  $ stemma
  Stemma finds articles: by word, by stem, by phrase, by field, by date.
  
  Usage: stemma [OPTIONS] SUBCOMMAND
  
  Options:
    -h,--help               Print this help message and exit
    --version               Print the version and exit
    -d,--directory DIR      The index
    --color,--colour WHEN   auto, always or never
    --json                  Machine-readable: JSON Lines on standard output
  
  Subcommands:
    index                   Add articles, or update those already there
    search                  Find articles, best first
    show                    Print whole articles, matches marked in colour
    explain                 Show how a query is read, step by step
    delete                  Remove articles by key
    stats                   Show what the index holds, and bytes per part
    check                   Verify every byte of the index
    rebuild                 Compile the index anew from its articles
  
  Start here:
    stemma index articles/            reads txt, md, html and jsonl into ./.stemma
    stemma search armoured train      finds them, best first
    stemma search '"armoured train"'  exactly these words
    stemma COMMAND --help             options, query language, examples
  
  The index is -d DIR, else $STEMMA_INDEX, else the nearest .stemma in this folder or above.
  Colour: --color, NO_COLOR, CLICOLOR_FORCE, TERM=dumb.
  
  Query language (docs/QUERIES.md has all of it; nothing typed is an error without --strict):
    armoured train       both words, in any form (armoured, trains); --any: either
    "armoured train"     exactly these words, in this order; ~"..." in any form
    "train crew"~3       within 3 words; a NEAR/5 b, a ADJ/3 b (in this order)
    a AND b, a OR b, a NOT b, a XOR b, +a, -a, ( )
    =Train               this word only, not its other forms
    train*  wo?d  *ord   prefix and wildcards; word~1 one letter changed
    title:flood  source:reuters  author:"a name"  lang:de  date:1916-03..1917
    flood^2              counts twice
  Quote for the shell: stemma search '"armoured train"'. A query that begins with '-' goes
  after `--`, or comes from standard input: echo '-train crew' | stemma search -
  
  Exit codes: 0 hits or done, 1 nothing found, 2 usage (or a query error with --strict),
    3 no index or one of another version, 4 locked by another writer, 5 damaged,
    6 done but some inputs failed, 7 refused by the system or out of time, 130 interrupted.
  
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
    hint: a query that begins with '-' goes after --: stemma search -- -3
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
    hint: close it with )
  [2]
  $ stemma search --ids --strict 'armoured "train'
  stemma: this quotation mark is never closed; the phrase goes on to the end
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
  nothing found: 
    hint: `stemma explain` shows how the query was read
  [1]
An index that is damaged, of another version, or not one at all.

  $ mkdir other; echo hello > other/file; stemma search -d other train
  stemma: no index at other
    hint: make one with `stemma index`, or name another with -d DIR
  [3]
  $ stemma index -d other archive.jsonl
  stemma: no index at other
    hint: make one with `stemma index`, or name another with -d DIR
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
