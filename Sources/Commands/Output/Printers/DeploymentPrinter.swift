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
        self.terminal.note("Backups of \(proposal.subject) by \(host), in \(proposal.place.resourceGroup)")
        for note in proposal.notes { self.terminal.note("  note: \(note)") }
        for member in proposal.instances where member.enablesIdentity {
            self.line("~", "the instance \(member.instance.id.name) gets a system-assigned identity")
        }
        if forecast.settingsDiffer { self.line("+", "the settings, as a secret of the job") }
        for change in forecast.changes where change.isChange {
            let paths = change.paths.isEmpty ? "" : ": \(change.paths.joined(separator: ", "))"
            self.line(change.kind == .create ? "+" : "~", "\(change.title)\(change.kind == .create ? "" : paths)")
        }
        for grant in forecast.grants {
            let permission = grant.permission
            let holder = permission.holder == .job ? "the job" : "API Management"
            let place = proposal.settings == nil ? "the \(permission.place.words)" : ShortID.title(of: grant.scope)
            self.line("+", "\(permission.role.rawValue) for \(holder) on \(place)")
        }
        for id in forecast.superseded.all { self.line("-", "\(ShortID.title(of: id)), no longer needed") }
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
        if let blob = backup?.blob {
            self.terminal.print("The first backup is verified: \(blob.name), \(Quantities.size(blob.bytes)).")
        }
        if let backup, backup.proofs.count > 1 { self.list(backup.proofs) }
        self.terminal.print("What there is now:")
        for resource in resources { self.terminal.print("  \(ShortID.title(of: resource))") }
        self.terminal.print(proposal.host.cost)
        let group = proposal.place.resourceGroup
        let elsewhere = "--deployment-group \(ShellWord.quoted(group))"
        let home = proposal.instances.first?.instance.id.resourceGroup.lowercased()
        let wanted =
            proposal.place.instance.map { home == group.lowercased() ? $0 : "\($0) \(elsewhere)" }
            ?? "--all \(elsewhere)"
        self.terminal.print(
            "Run now: apim-backup run --remote \(wanted)\n"
                + "Take it away, and no backup: apim-backup undeploy \(proposal.place.options)"
                + "--resource-group \(ShellWord.quoted(group))"
        )
    }

    /// Lists what became of the backups of several instances.
    private func list(_ proofs: [(instance: String, proof: RemoteProof)]) {
        self.terminal.print("First backups:")
        for (instance, proof) in proofs.sorted(by: { $0.instance < $1.instance }) {
            let blob = proof.blob.map { "  \($0.name), \(Quantities.size($0.bytes))" } ?? ""
            self.terminal.print("  \(proof.outcome.rawValue)  \(instance)\(blob)")
        }
    }

    /// Tells what came of a backup that the host made.
    func tell(_ backup: RemoteOutcome, by host: any RemoteHost, of place: DeploymentPlace) {
        guard self.isTable else { return self.terminal.printDocument(RemoteBackupDocument(backup, of: place)) }
        guard !self.output.quiet else {
            return backup.proofs.compactMap(\.proof.blob?.name).forEach(self.terminal.print)
        }
        for (instance, proof) in backup.proofs where proof.outcome != .failed {
            let blob = proof.blob.map { "  \($0.name), \(Quantities.size($0.bytes))" } ?? ""
            self.terminal.print(
                "\(proof.outcome.rawValue)  \(instance)\(blob)  by \(host.title) (\(backup.end.name))"
            )
        }
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

    /// Tells that what a deployment had no use for is gone.
    func note(superseded resource: String) {
        guard self.isTable, !self.output.quiet else { return }
        self.terminal.note("  removed \(ShortID.title(of: resource))")
    }

    /// Tells what is still there that a failed deployment would have taken the place of.
    func note(left resources: [String]) {
        guard self.isTable, !resources.isEmpty else { return }
        self.terminal.note("Of the deployment before, these are still there; the next deploy takes them away:")
        for resource in resources { self.terminal.note("  \(resource)") }
    }

    /// Tells that what was kept of the deployment before stays, though nothing needs it any more.
    func note(kept error: BackupError) {
        guard self.isTable else { return }
        self.terminal.note(
            "The note of what was deployed before stays; the next change of the deployment takes it away."
        )
        self.terminal.note("  \(error.message)")
        if let azure = error.azure { self.terminal.note("  Azure: \(azure)") }
    }

    /// Tells that a role of ours stays, since another deployment of the resource group uses it.
    func note(stillInUse resource: String) {
        guard self.isTable, !self.output.quiet else { return }
        self.terminal.note("  \(ShortID.title(of: resource)) is in use elsewhere and stays")
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

extension DeploymentProposal {
    /// What is backed up, for people.
    fileprivate var subject: String {
        guard self.settings != nil else { return self.instances.first?.instance.id.name ?? "" }
        return "\(self.instances.count) \(self.instances.count == 1 ? "instance" : "instances")"
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
