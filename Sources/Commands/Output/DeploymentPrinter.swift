import BackupDomain
import Deployment
import Provisioning

/// Tells what would be deployed, what goes on, and what came of it.
struct DeploymentPrinter: Sendable {
    let terminal: Terminal
    let output: OutputOptions

    private var isTable: Bool { self.output.format == .table }

    /// Shows what a deployment would do, on standard error: it is no result yet.
    func show(_ proposal: DeploymentProposal, _ forecast: DeploymentForecast) {
        guard self.isTable, !self.output.quiet else { return }
        let host = proposal.host == .logicApp ? "a Logic App" : "a Container Apps job"
        self.terminal.note("Backups of \(proposal.instance.id.name) by \(host), in \(proposal.place.resourceGroup)")
        for note in proposal.notes { self.terminal.note("  note: \(note)") }
        if proposal.enablesIdentity {
            self.line("~", "the instance \(proposal.instance.id.name) gets a system-assigned identity")
        }
        for change in forecast.changes where change.isChange {
            let paths = change.paths.isEmpty ? "" : ": \(change.paths.joined(separator: ", "))"
            self.line(change.kind == .create ? "+" : "~", "\(change.title)\(change.kind == .create ? "" : paths)")
        }
        for permission in forecast.permissions {
            let holder = permission.holder == .job ? "the job" : "API Management"
            self.line("+", "\(permission.role.rawValue) for \(holder) on the \(permission.place.words)")
        }
        let same = forecast.changes.filter { $0.kind == .noChange }.count
        if same > 0 {
            self.line("=", "\(same) \(same == 1 ? "resource stays as it is" : "resources stay as they are")")
        }
    }

    private func line(_ mark: String, _ text: String) {
        let style: Style = mark == "+" ? .good : mark == "=" ? .faint : .warning
        self.terminal.note("  \(style.apply(mark, isOn: self.terminal.abilities.colorsErrors)) \(text)")
    }

    /// Tells a step.
    func note(_ progress: DeploymentProgress) {
        guard self.isTable, !self.output.quiet else { return }
        switch progress {
        case .enablingIdentity: self.terminal.note("Enabling the instance's identity; that takes Azure some minutes.")
        case .identityEnabled: self.terminal.note("The instance has its identity.")
        case .accepted: self.terminal.note("Azure deploys.")
        case .made(let title): self.terminal.note("  made \(title)")
        case .deployed: self.terminal.note("Deployed.")
        case .backupStarted(let name): self.terminal.note("A backup runs in Azure: \(name)")
        case .waitingForRoles(let reason):
            self.terminal.note("It was not let in (\(reason)): new roles take some minutes to hold. Trying again soon.")
        case .backupRunning: break
        }
    }

    /// Tells what came of a deployment.
    func tell(
        _ proposal: DeploymentProposal,
        _ made: EarlierDeployment?,
        _ backup: RemoteOutcome?,
        changed: Bool
    ) {
        let resources = (made ?? proposal.earlier)?.resources ?? []
        guard self.isTable else {
            return self.terminal.printDocument(
                DeploymentDocument(proposal, resources: resources, backup: backup, changed: changed)
            )
        }
        if self.output.quiet { return resources.forEach(self.terminal.print) }
        guard changed else {
            return self.terminal.print("Everything is as wanted; nothing was changed.")
        }
        if let blob = backup?.proof?.blob {
            self.terminal.print("The first backup is verified: \(blob.name), \(Quantities.size(blob.bytes)).")
        }
        self.terminal.print("What there is now:")
        for resource in resources { self.terminal.print("  \(ShortID.title(of: resource))") }
        self.terminal.print(proposal.host.cost)
        let group = proposal.place.resourceGroup
        self.terminal.print(
            "Run now: apim-backup run --remote \(proposal.instance.id.name)\n"
                + "Take it away, and no backup: apim-backup undeploy --apim-name \(proposal.instance.id.name) "
                + "--resource-group \(ShellWord.quoted(group))"
        )
    }

    /// Tells what came of a backup that the host made.
    func tell(_ backup: RemoteOutcome, by host: any RemoteHost, of place: DeploymentPlace) {
        guard self.isTable else { return self.terminal.printDocument(RemoteBackupDocument(backup, of: place)) }
        guard backup.outcome != .failed else { return }
        guard !self.output.quiet else { return self.terminal.print(backup.proof?.blob?.name ?? backup.end.name) }
        let blob = backup.proof?.blob.map { "  \($0.name), \(Quantities.size($0.bytes))" } ?? ""
        self.terminal.print(
            "\(backup.outcome.rawValue)  \(place.instance)\(blob)  by \(host.title) (\(backup.end.name))"
        )
    }

    /// Shows what would be taken away.
    func show(removing resources: [String], keeping kept: [String], _ place: DeploymentPlace) {
        guard self.isTable, !self.output.quiet else { return }
        self.terminal.note("What \(place.name) made in \(place.resourceGroup):")
        for resource in resources { self.line("-", ShortID.title(of: resource)) }
        for resource in kept { self.line("=", "\(ShortID.title(of: resource)) stays") }
    }

    /// Tells that a resource is gone.
    func note(removed resource: String) {
        guard self.isTable, self.output.verbose else { return }
        self.terminal.note("  removed \(ShortID.title(of: resource))")
    }

    /// Tells what was taken away.
    func tell(removed resources: [String], _ place: DeploymentPlace) {
        guard self.isTable else { return self.terminal.printDocument(RemovalDocument(removed: resources, place)) }
        if self.output.quiet { return resources.forEach(self.terminal.print) }
        self.terminal.print(
            "\(resources.count) \(resources.count == 1 ? "resource was" : "resources were") taken away. Backups and records "
                + "are where they were."
        )
    }
}

extension DeploymentHost {
    /// What it costs by order of magnitude; Azure's price list decides.
    fileprivate var cost: String {
        switch self {
        case .logicApp:
            "It costs some hundred actions of a Logic App a night, a few units of currency a month at most, and the storage "
                + "of the backups."
        case .containerAppJob:
            "It costs 24 runs of seconds a day, mostly within what Container Apps grant for nothing, a log of some megabytes a "
                + "month, and the storage of the backups."
        }
    }
}

extension Permission.Place {
    /// The place in words.
    fileprivate var words: String {
        switch self {
        case .instance: "instance"
        case .account: "storage account"
        case .backups: "container of backups"
        case .catalog: "container of records"
        }
    }
}
