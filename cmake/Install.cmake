# cmake --install: programs in bin, what they read in share/istcheck (src/tool/shipped_files.cpp finds it beside
# the program, so the tree can be moved), documents, manual pages and completions. The last two are made from
# --help when they are installed.
install(TARGETS istcheck istcheck-check RUNTIME DESTINATION bin)

set(data share/istcheck)
install(DIRECTORY proofs/claims DESTINATION ${data})
install(FILES proofs/links.tsv DESTINATION ${data})
install(DIRECTORY proofs/readings DESTINATION ${data})
install(FILES proofs/rocq/statements.txt DESTINATION ${data}/rocq)
install(DIRECTORY proofs/rocq-cert DESTINATION ${data} FILES_MATCHING PATTERN "*.v")
install(DIRECTORY cases DESTINATION ${data}
        FILES_MATCHING PATTERN "*.toml" PATTERN "*.json")
install(DIRECTORY editors DESTINATION ${data})
install(FILES docs/report.schema.json DESTINATION ${data})
install(FILES README.md docs/manual.md docs/claim-language.md docs/third-party.md CITATION.cff
              proofs/certificate-format.md proofs/trusted-base.md DESTINATION share/doc/istcheck)

install(CODE "
  set(made \"${PROJECT_BINARY_DIR}/made-from-help\")
  set(programs \"$<TARGET_FILE_DIR:istcheck>\")
  set(scripts \"${PROJECT_SOURCE_DIR}/scripts\")")
install(CODE [[
  string(RANDOM LENGTH 12 suffix) # several may install at once
  string(APPEND made -${suffix})
  execute_process(COMMAND ${scripts}/make_man.sh ${programs} ${made}/man ${CMAKE_INSTALL_PREFIX}
                  COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${scripts}/make_completions.sh ${programs} ${made} COMMAND_ERROR_IS_FATAL ANY)
  set(share ${CMAKE_INSTALL_PREFIX}/share)
  file(GLOB pages ${made}/man/*.1)
  file(INSTALL ${pages} DESTINATION ${share}/man/man1)
  # Both programs have one file; bash looks for one with the name of the program.
  file(INSTALL ${made}/istcheck.bash DESTINATION ${share}/bash-completion/completions RENAME istcheck)
  file(INSTALL ${made}/istcheck.bash DESTINATION ${share}/bash-completion/completions RENAME istcheck-check)
  file(INSTALL ${made}/istcheck.fish DESTINATION ${share}/fish/vendor_completions.d)
  # Debian's zsh reads what packages bring from another folder than its own.
  set(functions site-functions)
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(functions vendor-completions)
  endif()
  file(INSTALL ${made}/_istcheck DESTINATION ${share}/zsh/${functions})
  file(REMOVE_RECURSE ${made})
]])
