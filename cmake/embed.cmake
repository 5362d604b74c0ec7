# Embeds data files in the program, so that one binary is the whole product.
#   greffier_embed(greffier_core core_data  DIRECTORY locales  FILES a.mo b.mo)
# generates a .cpp that defines  std::span<greffier::EmbeddedFile const> greffier::core_data();
# each file is linked in by the assembler's .incbin (no array in source, so it compiles at once).

function(greffier_embed target function)
  cmake_parse_arguments(ARG "" "ROOT" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${function}.cpp)
  set(body "#include \"core/embedded.hpp\"\n")
  set(rows "")
  set(index 0)
  foreach(file ${ARG_FILES})
    file(RELATIVE_PATH name ${ARG_ROOT} ${file})
    set(symbol "embedded_${function}_${index}")
    string(APPEND body "__asm__(\".section .rodata\\n.balign 16\\n.global ${symbol}\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n.global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.text\\n\");\nextern \"C\" char const ${symbol}[], ${symbol}_end[];\n")
    string(APPEND rows "    {\"${name}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index}+1")
  endforeach()
  string(APPEND body "namespace greffier {\nstd::span<EmbeddedFile const> ${function}()\n{\n    static EmbeddedFile const files[] = {\n${rows}        {\"\", {}},\n    };\n    return {files, ${index}};\n}\n}\n")
  file(GENERATE OUTPUT ${out} CONTENT "${body}")
  target_sources(${target} PRIVATE ${out})
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${ARG_FILES}")
endfunction()

file(GLOB migration_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/migrations/*.sql)
greffier_embed(greffier_storage embedded_migrations ROOT ${PROJECT_SOURCE_DIR}/migrations FILES ${migration_files})

file(GLOB law_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/law/*.csv)
greffier_embed(greffier_law embedded_law ROOT ${PROJECT_SOURCE_DIR}/law FILES ${law_files})

greffier_embed(greffier_accounts embedded_passwords ROOT ${PROJECT_SOURCE_DIR}/passwords FILES ${PROJECT_SOURCE_DIR}/passwords/common-words.txt)

file(GLOB_RECURSE ready_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/ready/*.json)
greffier_embed(greffier_records embedded_record_models ROOT ${PROJECT_SOURCE_DIR}/models/ready FILES ${ready_files})

file(GLOB_RECURSE model_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/demo/*.json ${PROJECT_SOURCE_DIR}/models/own/*.json)
greffier_embed(greffier_app embedded_models ROOT ${PROJECT_SOURCE_DIR}/models FILES ${model_files})

# locales/fr.po -> fr.mo
find_program(MSGFMT msgfmt REQUIRED)
set(mo_files "")
foreach(lang fr en)
  set(mo ${CMAKE_CURRENT_BINARY_DIR}/locales/${lang}.mo)
  file(GLOB parts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/locales/${lang}/*.po)
  add_custom_command(OUTPUT ${mo}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/locales
    # Joined as text first: msgcat would ask each part for a header of its own.
    COMMAND sh -c "cat \"$@\" | msguniq --use-first -o ${CMAKE_CURRENT_BINARY_DIR}/locales/${lang}.po -" sh ${parts}
    COMMAND ${MSGFMT} -o ${mo} ${CMAKE_CURRENT_BINARY_DIR}/locales/${lang}.po
    DEPENDS ${parts} VERBATIM)
  list(APPEND mo_files ${mo})
endforeach()
greffier_embed(greffier_core embedded_catalogues ROOT ${CMAKE_CURRENT_BINARY_DIR}/locales FILES ${mo_files})

# The front end is built by npm into web/dist; the list of its files is fixed so that no configure step depends on npm.
file(GLOB web_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/dist/*)
greffier_embed(greffier_web embedded_web ROOT ${PROJECT_SOURCE_DIR}/web/dist FILES ${web_files})
