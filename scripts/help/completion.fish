# Completion of istcheck and istcheck-check for fish, made from their --help by scripts/make_completions.sh.

function __istcheck_claims --description 'The names of the claims in proofs/claims, or of those that are installed'
    set -l program (realpath (command -s istcheck) 2>/dev/null)
    for folder in proofs/claims (string replace -r '/bin/[^/]*$' '' -- "$program")/share/istcheck/claims
        test -d $folder; or continue
        grep -rhoE --include='*.claim' '^claim [A-Za-z0-9_-]+' $folder | string replace 'claim ' ''
        return
    end
end

@TABLE@
