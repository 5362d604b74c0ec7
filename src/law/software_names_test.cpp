#include "law/software_names.hpp"

#include <gtest/gtest.h>

namespace greffier::law {
namespace {

TEST(SoftwareNames, recognises_a_processing_named_after_its_tool)
{
    for (auto const* name : {"Sage Paie", "SAGE", "Excel", "Fichier Excel des agents", "Logiciel métier", "CRM", "le SIRH", "Application mobile", "Salesforce",
                             "Berger-Levrault", "Google Drive", "Base Access", "Office 365", "Outil interne", "Odoo - module RH", "sharepoint"})
        EXPECT_TRUE(is_named_after_software(name)) << name;
}

TEST(SoftwareNames, leaves_a_name_that_says_the_purpose)
{
    for (auto const* name : {"Gestion de la paie", "Gestion de la paie (Sage)", "Suivi des candidatures sous Excel", "Logiciel de gestion du cimetière",
                             "Gestion des accès", "Office de tourisme : visiteurs", "Sage-femme : rendez-vous", "Application du droit des sols", "État civil",
                             "Messagerie", "Passage en commission", "Recrutement", ""})
        EXPECT_FALSE(is_named_after_software(name)) << name;
}

}  // namespace
}  // namespace greffier::law
