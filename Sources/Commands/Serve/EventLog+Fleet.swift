import BackupDomain
import Logging
import Serving
import Settings

extension EventLog {
    /// Tells that an instance resolves, or does not.
    ///
    /// - Parameters:
    ///   - instance: The instance as the settings name it.
    ///   - fault: Why it does not; nil where it does.
    func resolved(_ instance: String, _ fault: BackupError?) {
        guard let fault else {
            return self.logger.info("instance resolves now", metadata: ["instance": "\(instance)"])
        }
        self.logger.error("instance does not resolve", error: fault, metadata: ["instance": "\(instance)"])
    }

    /// Tells that a fleet is at work.
    ///
    /// - Parameter settings: The settings in force.
    func opened(_ settings: ProgramSettings) {
        self.logger.info(
            "settings in force",
            metadata: [
                "file": "\(settings.file ?? "none")", "instances": "\(settings.instances.count)",
                "accounts": "\(settings.places.count)", "channels": "\(settings.notifications.channels.count)",
            ]
        )
    }

    /// Tells that changed settings cannot be used.
    ///
    /// - Parameter error: Why.
    func refused(_ error: BackupError) {
        self.logger.error("changed settings refused, the former ones stay in force", error: error)
    }

    /// Tells of something in the settings that keeps nobody from backing up, and that a person must mend.
    ///
    /// - Parameter problem: What is wrong, where, and what to do.
    func problem(_ problem: SettingsProblem) {
        self.logger.log(
            level: problem.severity == .error ? .error : .warning,
            "settings to mend",
            metadata: ["field": "\(problem.field)", "problem": "\(problem.sentence)", "fix": "\(problem.fix)"]
        )
    }

    /// Tells that pages are answered at the former address still.
    ///
    /// - Parameters:
    ///   - former: Where they are answered.
    ///   - wanted: Where the changed settings want them.
    func listensStill(at former: String, wanted: String) {
        self.logger.warning(
            "settings to mend",
            metadata: [
                "field": "serve.listen", "problem": "It was \(former) at the start, and \(wanted) takes a restart.",
                "fix": "Restart serve, or put it back.",
            ]
        )
    }

    /// Tells that calls are answered.
    ///
    /// - Parameter address: Where.
    func listening(_ address: ListenAddress) {
        self.logger.info("health is answered", metadata: ["url": "http://\(address)"])
    }
}
