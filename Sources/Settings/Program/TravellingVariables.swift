/// The variables by which settings hold, as they travel from this machine to a job elsewhere.
package struct TravellingVariables: Sendable, Hashable {
    /// Those that say where this machine finds Azure and its settings; the job has its own.
    private static let own: Set<String> = [
        "APIM_BACKUP_SETTINGS", "APIM_BACKUP_CLOCK", "APIM_BACKUP_CLOUD", "APIM_BACKUP_CREDENTIAL",
    ]

    /// Variables that are no secrets.
    package private(set) var plain: [String: String] = [:]
    /// Variables that are.
    package private(set) var secret: [String: String] = [:]
    /// What cannot travel, each as a sentence that names the key and what to do.
    package private(set) var problems: [String] = []

    /// Sorts the variables of this machine.
    ///
    /// - Parameters:
    ///   - settings: The settings in force.
    ///   - variables: The environment.
    package init(_ settings: ProgramSettings, _ variables: [String: String]) {
        let secrets = Set(KnownVariables.secretNames)
        let known = Set(KnownVariables.names(ProgramSettings.keys, .top) + KnownVariables.others.map(\.name))
        for (name, value) in variables where known.contains(name) && !value.isEmpty && !Self.own.contains(name) {
            if secrets.contains(name) { self.secret[name] = value } else { self.plain[name] = value }
        }
        for (path, file) in settings.secretFiles {
            self.problems.append(
                "\(path.text) names the file \(file), which does not travel to the job: give the secret by a variable instead."
            )
        }
        for (index, channel) in settings.notifications.channels.enumerated() {
            let place = "notifications.channels[\(index)]"
            if channel.type == .command {
                self.problems.append("\(place) starts a program, which the job does not have: take another type.")
            }
            for name in [channel.urlVariable, channel.secretVariable].compactMap(\.self) {
                guard let value = variables[name], !value.isEmpty else {
                    self.problems.append(
                        "\(place) names the variable \(name), which is not set here: set it, so that it travels."
                    )
                    continue
                }
                self.secret[name] = value
            }
        }
        if let file = settings.metrics.textfile {
            self.problems.append("metrics.textfile names \(file) of this machine: leave it out for a job.")
        }
    }
}
