# cpack -G DEB, as scripts/package.sh calls it: what is installed, as a Debian package.
# Its maintainer is who has the copyright, with the first address in CITATION.cff or, while none is there, one that
# belongs to nobody.
file(STRINGS LICENSE author REGEX "^Copyright ")
string(REGEX REPLACE "^Copyright \\(c\\) [-0-9, ]+" "" author "${author}")
string(REGEX REPLACE "^the " "The " author "${author}")
set(address "istcheck@example.org")
file(STRINGS CITATION.cff addresses REGEX "^ +email: ")
if(addresses)
  list(GET addresses 0 address)
  string(REGEX REPLACE "^ +email: *\"?([^\"]*)\"?" "\\1" address "${address}")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME istcheck)
set(CPACK_PACKAGE_CONTACT "${author} <${address}>")
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON) # so that manual pages name /usr and not the folder in which the package is made
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION math)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "z3")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "chromium, coinor-csdp, cvc5, coq")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "exact checker for theorems about randomized linear methods
The claims of a paper on independent subnetwork training, compressed gradient
descent and the like are written in a small language and checked on cases
without rounding: fixed points, contraction factors, biases and error limits
are rational or algebraic numbers. Verdicts come with certificates, which the
separate program istcheck-check confirms; an opponent searches for
counterexamples and shrinks them.
.
The claims and cases of the paper are part of this package.")
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/DebianFiles.cmake)
set(CPACK_ISTCHECK_SOURCE ${PROJECT_SOURCE_DIR})
include(CPack)
