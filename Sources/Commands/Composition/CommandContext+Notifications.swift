import AzureClient
import BackupDomain
import FoundationEssentials
import Settings

extension CommandContext {
    /// Looks whether the channels' secrets, endpoints and programs and the heartbeat's URL can be used on this machine.
    ///
    /// - Parameters:
    ///   - settings: The settings, checked.
    ///   - known: What is known to be wrong already; no field is told of twice.
    /// - Returns: The problems; that a variable is not set here, or a program not there, is a warning.
    func notificationProblems(
        of settings: ProgramSettings,
        beside known: [SettingsProblem]
    ) -> [SettingsProblem] {
        let notifications = settings.notifications
        let secrets = ChannelSecrets(files: self.files, variables: self.environment)
        let top = SettingPath("notifications")
        var problems: [SettingsProblem] = []
        func look(_ path: SettingPath, variable: String? = nil, _ body: () throws(BackupError) -> Void) {
            do {
                try body()
            } catch {
                let isUnset = variable.map { self.environment[$0]?.isEmpty ?? true } ?? false
                problems.append(SettingsProblem(isUnset ? .warning : .error, error, at: path, of: settings))
            }
        }
        for (index, channel) in notifications.channels.enumerated() {
            let path = top.appending("channels").element(index)
            if channel.urlFile != nil || channel.urlVariable != nil {
                let field = channel.urlFile == nil ? "urlVariable" : "urlFile"
                look(path.appending(field), variable: channel.urlVariable) { () throws(BackupError) in
                    _ = try secrets.url(of: channel)
                }
            }
            let field = channel.secretFile == nil ? "secretVariable" : "secretFile"
            look(path.appending(field), variable: channel.secretVariable) { () throws(BackupError) in
                _ = try secrets.signature(of: channel)
            }
            look(path.appending("endpoint")) { () throws(BackupError) in
                try channel.endpoint.flatMap { URL(string: $0) }.flatMap { Origin($0) }?
                    .requireConfidential("the endpoint of the channel '\(channel.channelName ?? "")'")
            }
            problems += self.programProblem(channel, at: path.appending("command"), of: settings)
        }
        let field = notifications.heartbeat.urlFile == nil ? "url" : "urlFile"
        look(top.appending("heartbeat").appending(field)) { () throws(BackupError) in
            _ = try secrets.url(of: notifications.heartbeat)
        }
        let told = Set(known.map(\.field))
        return problems.filter { !told.contains($0.field) }
    }

    /// Looks whether the program of a channel is there.
    private func programProblem(
        _ channel: ChannelSettings,
        at path: SettingPath,
        of settings: ProgramSettings
    ) -> [SettingsProblem] {
        guard let program = channel.command.first,
            !self.files.hasProgram(program, folders: self.environment["PATH"] ?? "")
        else { return [] }
        return [
            SettingsProblem(
                .warning,
                at: settings.origins.nearest(to: path),
                field: path.text,
                what: "there is no program \(program) on this machine, or it cannot be started",
                fix:
                    "Put it there and make it executable. It is started in the folder /; a name without a slash is looked for in PATH."
            )
        ]
    }
}

extension SettingsProblem {
    /// What an error comes to that a setting is to blame for.
    fileprivate init(_ severity: Severity, _ error: BackupError, at path: SettingPath, of settings: ProgramSettings) {
        let what = error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
        self.init(
            severity,
            at: settings.origins.nearest(to: path),
            field: path.text,
            what: what.prefix(1).lowercased() + what.dropFirst(),
            fix: error.remedy ?? "Mend it, or name another."
        )
    }
}
