# Run by cpack when everything is installed in its folder: what Debian wants beside it.
set(usr ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr)
execute_process(
  COMMAND ${CPACK_ISTCHECK_SOURCE}/scripts/debian_files.sh ${usr} ${CPACK_PACKAGE_NAME}
          ${CPACK_PACKAGE_VERSION} ${CPACK_PACKAGE_CONTACT}
  COMMAND_ERROR_IS_FATAL ANY)
