#!/usr/bin/env bash
# shipped.sh PROGRAM FOLDER certificates|report: what several tests look at, made once for all of them.
#   certificates  FOLDER/certificates, of every verdict on the shipped cases; FOLDER/verify.err is what was said
#   report        FOLDER/report, in every format, with these certificates
set -euo pipefail
program=$1 folder=$2
case $3 in
  certificates)
    rm -rf "$folder"
    mkdir -p "$folder"
    "$program" verify --certificates "$folder/certificates" >"$folder/verify.out" 2>"$folder/verify.err" || {
      cat "$folder/verify.out" "$folder/verify.err" >&2
      exit 1
    }
    ;;
  report)
    [ -d "$folder/certificates" ] || bash "$0" "$program" "$folder" certificates
    "$program" report --certificates "$folder/certificates" -o "$folder/report"
    ;;
esac
