/** What every POSIX system has, with the builtins of bash: names that a page need not list as tools. */
export const posixUtilities: ReadonlySet<string> = new Set(
  `
  admin alias ar asa at awk basename batch bc bg c17 c99 cal cat cd cflow chgrp chmod chown cksum cmp comm command
  compress cp crontab csplit ctags cut cxref date dd df diff dirname du echo ed env ex expand expr false fc fg file
  find fold fort77 fuser gencat get getconf getopts gettext grep hash head iconv id ipcrm ipcs jobs join kill lex link
  ln locale localedef logger logname lp ls m4 mailx man mesg mkdir mkfifo more msgfmt mv newgrp ngettext nice nl nm
  nohup od paste patch pathchk pax pr printf ps pwd qalter qdel read readlink realpath renice rm rmdir sed sh sleep
  sort split strings strip stty tabs tail talk tee test time timeout touch tput tr true tsort tty type ulimit umask
  unalias uname uncompress unexpand uniq unlink uucp uudecode uuencode vi wait wc what who write xargs xgettext yacc
  zcat
  . : [ break builtin caller compgen complete compopt continue declare dirs disown enable eval exec exit export help
  history let local logout mapfile popd pushd readarray readonly return set shift shopt source suspend times trap
  typeset unset
  `
    .trim()
    .split(/\s+/),
);
