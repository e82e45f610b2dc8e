import { psVariables } from "../processes/process-entry.ts";

/** Exit codes of the wrapper itself, which say that the command never began. */
export const wrapperExits = {
  /** `begun` existed: somebody else began, or claimed. */
  begunExists: 121,
  /** `begun` could not be written. */
  begunFailed: 122,
  /** What belongs on standard input did not arrive whole. */
  stdinTorn: 123,
  /** The masker did not come up. */
  maskerFailed: 124,
} as const;

/**
 * Runs one attempt and outlives lockstep. Bash 3.2 or later, started by `bash --norc -p -c`, with the arguments
 * folder, umask, boot id, wall-clock time, kind, `stdin` or nothing, `out` or nothing; and if there is a masker: node, its program, the mark.
 *
 * - Without `--norc` bash may read the startup files of the person's shell: after ssh, and where standard input is a socket.
 * - Between its start and that of the command only builtins run (a masker apart; and `ps` where there is no /proc).
 * - Standard input is taken whole before `begun`: half a manifest must not be applied because lockstep died.
 * - The masker is up before `begun`: else the command could die by SIGPIPE in the middle of its effect.
 * - `trap :` and not an ignored signal: the command gets the default disposition back, the wrapper lives on and records how it ended.
 * - A mark at the end of the output tells the masker where the command's own output ends, so that a process
 *   that the command left behind, holding the pipe open, does not keep the step from ending.
 * - The status overwrites blanks (`1<>`), which needs no room on a full disk.
 * - The status says how far `out` was written, as the system counts it for the open file (Linux): after a power cut the
 *   status may be there, and a part of that not.
 * - The command's output is 7 and 6 all along; the wrapper's own complaints ("Terminated") are not output of the step.
 * - The variables have names that no environment has: to assign to an inherited name would change the command's environment.
 */
export const wrapperScript: string = String.raw`
trap : TERM INT HUP
_ls_folder=$1 _ls_umask=$2 _ls_boot=$3 _ls_at=$4 _ls_kind=$5 _ls_stdin=$6 _ls_out=$7 _ls_node=$8 _ls_masker=$9 _ls_mark=${"$"}{10}
_ls_pipe=${"$"}{_ls_out:+$_ls_folder/pipe.out}
exec 7>&1 6>&2 2>/dev/null

if [[ $_ls_stdin ]]; then
  IFS= read -r -d '' _ls_text || exit ${wrapperExits.stdinTorn}
  exec </dev/null
fi

if [[ $_ls_masker ]]; then
  exec 4<>"$_ls_folder/pipe.ack" 5<"$_ls_folder/pipe.ack" 8<>"$_ls_folder/pipe.log" 9<>"${"$"}{_ls_pipe:-/dev/null}" || exit ${wrapperExits.maskerFailed}
  exec 20>"$_ls_folder/pipe.log" 21>"${"$"}{_ls_pipe:-$_ls_folder/pipe.log}" || exit ${wrapperExits.maskerFailed}
  { exec -c "$_ls_node" "$_ls_masker" <"$_ls_folder/pipe.log" >&7 2>&6 5<"${"$"}{_ls_pipe:-/dev/null}" 6>&- 7>&- 8>&- 9>&- 20>&- 21>&-; } &
  exec 3>&- 4>&-
  until read -r _ls_line <&5; do [[ $? -gt 128 ]] || exit ${wrapperExits.maskerFailed}; done
  [[ $_ls_line = ready ]] || exit ${wrapperExits.maskerFailed}
  [[ $_ls_out ]] && exec 22>&7
  exec 6>&20 7>&21 8>&- 9>&- 20>&- 21>&-
elif [[ $_ls_out ]]; then
  exec 22>&7
fi

set -f
if read -r _ls_stat </proc/$$/stat; then
  _ls_fields=(${"$"}{_ls_stat##*) })
  _ls_start=${"$"}{_ls_fields[19]}
else
  _ls_fields=($(${psVariables} ps -o lstart= -p $$))
  _ls_start="${"$"}{_ls_fields[*]}"
fi

umask 077
set -C
{
  _ls_wrote=no
  printf '{"pid":%s,"startTime":"%s","boot":"%s","kind":"%s","startedAt":"%s"}\n' $$ "$_ls_start" "$_ls_boot" "$_ls_kind" "$_ls_at" && _ls_wrote=yes
} >"$_ls_folder/begun"
set +C
umask "$_ls_umask"
if [[ $_ls_wrote != yes ]]; then
  [[ ! $_ls_wrote && ( -e $_ls_folder/begun || -L $_ls_folder/begun ) ]] && exit ${wrapperExits.begunExists}
  printf 'not-begun\n' 1<>"$_ls_folder/status"
  exit ${wrapperExits.begunFailed}
fi

_ls_command() { "$BASH" -euo pipefail "$_ls_folder/script" >&7 2>&6 5<&- 6>&- 7>&- 22>&-; }
if [[ $_ls_stdin ]]; then
  printf '%s' "$_ls_text" | _ls_command
  _ls_code=${"$"}{PIPESTATUS[1]}
else
  _ls_command
  _ls_code=$?
fi

if [[ $_ls_masker ]]; then
  trap '' PIPE
  printf '%s' "$_ls_mark" >&6
  [[ $_ls_out ]] && printf '%s' "$_ls_mark" >&7
  exec 6>&- 7>&-
  until read -r _ls_line <&5; do [[ $? -gt 128 ]] || { _ls_line=lost; break; }; done
  [[ $_ls_out && $_ls_line = lost ]] && _ls_code="$_ls_code output-lost"
fi
if [[ $_ls_out ]]; then
  while read -r _ls_key _ls_value; do
    [[ $_ls_key = pos: ]] && _ls_code="$_ls_code out $_ls_value"
  done </proc/$$/fdinfo/22
fi
printf '%s\n' "$_ls_code" 1<>"$_ls_folder/status"
`;
