# Sourced: records PROGRAM_FILE [COMMAND] writes the records of its --help (records.awk), and all_commands
# PROGRAM_FILE lists its commands.
# shellcheck shell=sh
help_scripts=${help_scripts:?the folder of this file}
records() {
  # shellcheck disable=SC2086  # no command is no word
  "$1" ${2:-} --help | awk -v program="$(basename "$1")${2:+ $2}" -f "$help_scripts/records.awk"
}
all_commands() { records "$1" | awk -F '\t' '$1 == "command" {print $2}'; }
