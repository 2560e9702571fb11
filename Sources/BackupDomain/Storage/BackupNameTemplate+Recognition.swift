extension BackupNameTemplate {
    /// How many attempts a name may be of.
    private static let mostAttempts = 9

    /// What all names of an instance's backups begin with.
    ///
    /// - Parameter instance: The instance's name.
    /// - Returns: The template up to its first field beside `{instance}`.
    package func prefix(of instance: String) -> String {
        let first = ["{time}", "{date}"].compactMap { self.text.firstRange(of: $0)?.lowerBound }.min()
        return String(self.text[..<(first ?? self.text.endIndex)]).replacing("{instance}", with: instance)
    }

    /// Tells whether a name is one that the template makes, of whichever time and attempt.
    ///
    /// - Parameters:
    ///   - name: A blob's name.
    ///   - instance: The instance's name, in any case.
    /// - Returns: Whether it is.
    package func makes(_ name: String, for instance: String) -> Bool {
        guard let time = Self.time(in: name) else { return false }
        return (1...Self.mostAttempts).contains { attempt in
            self.name(instance: instance, nominalAt: time, attempt: attempt).lowercased() == name.lowercased()
        }
    }
}
