import BackupDomain

/// Whether the account permits the access that API Management is to use.
enum SharedKeyCheck: DoctorCheck {
    static let name = CheckName.sharedKey

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.account, of: "storage account") { account in
            let isForbidden = account["properties"]?["allowSharedKeyAccess"] == .boolean(false)
            guard examination.usesKey else { return self.ok("not used: API Management writes with its identity") }
            guard isForbidden else {
                return self.warning(
                    "API Management writes with the account's key, which opens the whole account to whoever has it.",
                    "Leave out --access-type AccessKey: then it writes with its system-assigned identity"
                )
            }
            return self.fault(
                "API Management is to write with the account's key, and keys are not permitted there (allowSharedKeyAccess).",
                "Leave out --access-type AccessKey: then it writes with its system-assigned identity"
            )
        }
    }
}
