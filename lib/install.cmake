# Install rules: headers, archive, find_package(stemma CONFIG), stemma.pc.
include(CMakePackageConfigHelpers)

install(DIRECTORY include/stemma DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS stemma EXPORT stemma-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})

set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/stemma)
install(EXPORT stemma-targets NAMESPACE stemma:: DESTINATION ${config_folder})
configure_package_config_file(cmake/stemma-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/stemma-config.cmake INSTALL_DESTINATION ${config_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/stemma-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/stemma-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/stemma-config-version.cmake cmake/FindSnowball.cmake
  DESTINATION ${config_folder})

# From the .pc file's folder up to the prefix: the installed tree may be moved.
file(RELATIVE_PATH stemma_prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/stemma.pc.in ${CMAKE_CURRENT_BINARY_DIR}/stemma.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/stemma.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
