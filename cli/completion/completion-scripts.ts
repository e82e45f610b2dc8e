/**
 * What each shell evaluates. All of them ask `lockstep __complete` with the words so far, the last of which is the one
 * that is being typed, and get one candidate a line, with its meaning after a tab. `npx lockstep` is completed as well,
 * by the command that stands in `node_modules/.bin`, since asking npx takes long; other words after npx are left alone.
 */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `_lockstep() {
  # from the line, since bash splits its words at = and : as well
  local words line typed cut program=(lockstep)
  read -ra words <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ \${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=("")
  COMPREPLY=()
  if [[ \${words[0]} == npx ]]; then
    [[ \${words[1]} == lockstep && \${#words[@]} -gt 2 ]] || return 0
    words=("\${words[@]:1}")
    program=(npx --no -- lockstep)
    [[ -x node_modules/.bin/lockstep ]] && program=(node_modules/.bin/lockstep)
  fi
  typed=\${words[\${#words[@]}-1]}
  cut=\${typed%"\${COMP_WORDS[COMP_CWORD]}"}
  # where the word begins anew after = or :
  [[ \${COMP_WORDS[COMP_CWORD]} == [=:] ]] && cut=$typed
  while IFS=$'\\t' read -r line _; do
    # bash writes it into the line as it is: a blank or a ; in a value must stay one
    [[ $line == "$typed"* ]] && COMPREPLY+=("$(printf %q "\${line#"$cut"}")")
  done < <("\${program[@]}" __complete -- "\${words[@]:1}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
  return 0
}
complete -o default -F _lockstep lockstep
complete -p npx &>/dev/null || complete -o default -F _lockstep npx
`,
  zsh: `_lockstep() {
  local -a candidates names typed program
  local value meaning
  typed=("\${(@)words[1,CURRENT]}")
  program=(lockstep)
  if [[ $typed[1] == npx ]]; then
    if [[ $typed[2] != lockstep || CURRENT -eq 2 ]]; then _files; return; fi
    shift typed
    program=(npx --no -- lockstep)
    [[ -x node_modules/.bin/lockstep ]] && program=(node_modules/.bin/lockstep)
  fi
  while IFS=$'\\t' read -r value meaning; do
    if [[ $value == *= ]]; then names+=("\${value//:/\\\\:}\${meaning:+:$meaning}")
    else candidates+=("\${value//:/\\\\:}\${meaning:+:$meaning}"); fi
  done < <($program __complete -- "\${(@)typed[2,-1]}" 2>/dev/null)
  if (( \${#names} + \${#candidates} == 0 )); then _files; return; fi
  (( \${#names} )) && _describe lockstep names -S ''
  (( \${#candidates} )) && _describe lockstep candidates
}
compdef _lockstep lockstep
(( $+_comps[npx] )) || compdef _lockstep npx
`,
  fish: `function __lockstep_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l program lockstep
  if test "$words[1]" = npx
    set -e words[1]
    set program npx --no -- lockstep
    test -x node_modules/.bin/lockstep; and set program node_modules/.bin/lockstep
  end
  set -l found ($program __complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c lockstep -f -a '(__lockstep_complete)'
complete -c npx -n 'test (count (commandline -opc)) -gt 1; and test (commandline -opc)[2] = lockstep' -f -a '(__lockstep_complete)'
`,
};
