import BackupDomain

extension BackupError {
    /// Says that nothing is known of an instance that a person named.
    ///
    /// - Parameters:
    ///   - name: What the person named.
    ///   - places: Where records were looked for.
    /// - Returns: An error with code `notFound`.
    static func unrecorded(_ name: String, in places: [String]) -> BackupError {
        BackupError(
            .notFound,
            "No instance '\(name)' has records in \(places.joined(separator: ", ")), nor do the settings list one.",
            remedy: "Check the name; 'apim-backup status' without a name shows all instances that have records."
        )
    }
}
