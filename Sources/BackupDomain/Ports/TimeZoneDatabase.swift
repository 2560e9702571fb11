/// The zones that there are, by their IANA names.
package protocol TimeZoneDatabase: Sendable {
    /// Finds a zone's rules.
    ///
    /// - Parameter name: The zone's name, such as `Europe/Berlin`.
    /// - Returns: The rules.
    /// - Throws: ``BackupError`` with code `invalidInput` where there is no such zone, `fileProblem` where its file cannot be
    ///   read or is no zone file.
    func rules(named name: String) throws(BackupError) -> TimeZoneRules
}
