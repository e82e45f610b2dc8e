/**
 * What each shell evaluates. All of them ask `lockstep __complete` with the words so far, the last of which is the one
 * that is being typed, and get one candidate a line, with its meaning after a tab.
 */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `_lockstep() {
  # from the line, since bash splits its words at = and : as well
  local words line typed cut
  read -ra words <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ \${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=("")
  typed=\${words[\${#words[@]}-1]}
  cut=\${typed%"\${COMP_WORDS[COMP_CWORD]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do
    [[ $line == "$typed"* ]] && COMPREPLY+=("\${line#"$cut"}")
  done < <(lockstep __complete -- "\${words[@]:1}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
  return 0
}
complete -o default -F _lockstep lockstep
`,
  zsh: `_lockstep() {
  local -a candidates
  local value meaning
  while IFS=$'\\t' read -r value meaning; do
    candidates+=("\${value//:/\\\\:}\${meaning:+:$meaning}")
  done < <(lockstep __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} )); then _describe lockstep candidates; else _files; fi
}
compdef _lockstep lockstep
`,
  fish: `function __lockstep_complete
  set -l words (commandline -opc) (commandline -ct)
  lockstep __complete -- $words[2..-1] 2>/dev/null
end
complete -c lockstep -f -a '(__lockstep_complete)'
`,
};
