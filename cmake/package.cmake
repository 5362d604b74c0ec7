# What `cmake --install` puts where, and the Debian package that CPack makes of it:
#   ./run --build-only && cpack --config build/release/CPackConfig.cmake -G DEB -B build/package
# The program holds pages, catalogues, legal data and migrations: one binary, its service, its settings, its papers.

set(papers ${CMAKE_CURRENT_BINARY_DIR}/papers)
find_program(GZIP gzip REQUIRED)

# gzip -n: the same package from the same sources.
function(greffier_packed source name)
  add_custom_command(OUTPUT ${papers}/${name}.gz
    COMMAND ${CMAKE_COMMAND} -E make_directory ${papers}
    COMMAND sh -c "\"$1\" -9nc \"$2\" > \"$3\"" sh ${GZIP} ${source} ${papers}/${name}.gz
    DEPENDS ${source} VERBATIM)
  list(APPEND packed_papers ${papers}/${name}.gz)
  set(packed_papers ${packed_papers} PARENT_SCOPE)
endfunction()
greffier_packed(${PROJECT_SOURCE_DIR}/packaging/greffier.1 greffier.1)
greffier_packed(${PROJECT_SOURCE_DIR}/packaging/greffier.fr.1 greffier.fr.1)
greffier_packed(${PROJECT_SOURCE_DIR}/CHANGELOG.md changelog)
greffier_packed(${PROJECT_SOURCE_DIR}/LICENSE LICENSE)
add_custom_target(papers ALL DEPENDS ${packed_papers})

install(TARGETS greffier RUNTIME DESTINATION bin)
install(FILES packaging/greffier.service DESTINATION lib/systemd/system)
install(FILES packaging/debian/greffier.default DESTINATION /etc/default RENAME greffier)
install(FILES ${papers}/greffier.1.gz DESTINATION share/man/man1)
install(FILES ${papers}/greffier.fr.1.gz DESTINATION share/man/fr/man1 RENAME greffier.1.gz)
install(FILES packaging/debian/copyright ${papers}/changelog.gz ${papers}/LICENSE.gz DESTINATION share/doc/greffier)
install(FILES web/node_modules/@fontsource-variable/inter/LICENSE DESTINATION share/doc/greffier RENAME OFL-Inter.txt)
install(DIRECTORY docs/operator docs/user DESTINATION share/doc/greffier FILES_MATCHING PATTERN "*.md")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME greffier)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The authors of Greffier <greffier@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)               # /etc is not below /usr
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/packaging/debian/postinst ${PROJECT_SOURCE_DIR}/packaging/debian/prerm
  ${PROJECT_SOURCE_DIR}/packaging/debian/postrm ${PROJECT_SOURCE_DIR}/packaging/debian/conffiles)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "registers and obligations of the GDPR, for towns and other public bodies
Greffier keeps the register of processing activities of one body or of many,
examines it against the rules of the regulation, remembers every version with
proofs that can be checked without it, and exchanges it in the formats in use.
.
It is one program and one data directory; it needs no other service, and sends
no request to a third party.")
include(CPack)
