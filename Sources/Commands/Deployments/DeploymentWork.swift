import AzureClient
import BackupDomain
import BackupEngine
import Deployment
import Provisioning
import Settings

/// What the commands do that deploy, take away, and start what was deployed.
struct DeploymentWork: Sendable {
    let connection: AzureConnection
    let context: CommandContext
    let output: OutputOptions

    /// How many containers are looked into, and instances changed, at once.
    private static let width = 8

    var plane: ResourceManagerClient { self.connection.plane }
    var clock: any WallClock { self.connection.patient }
    var printer: DeploymentPrinter { DeploymentPrinter(terminal: self.context.terminal, output: self.output) }

    var survey: DeploymentSurvey {
        DeploymentSurvey(plane: self.plane, resources: self.plane, clock: self.connection.clock)
    }

    var rollout: DeploymentRollout {
        let printer = self.printer
        return DeploymentRollout(resources: self.plane, clock: self.clock) { printer.note($0) }
    }

    /// Asks the person, where there is one.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - yes: Whether it has been answered on the command line.
    /// - Returns: Whether to go on.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where nobody can be asked.
    func isWanted(_ question: String, yes: Bool) async throws -> Bool {
        if yes { return true }
        guard let confirm = self.context.confirm else {
            throw BackupError(
                .invalidInput,
                "Nobody can be asked here, since standard input is no terminal; nothing was changed.",
                remedy: "Look at what would be changed, above, and give --yes."
            )
        }
        if await confirm(question) { return true }
        self.context.terminal.note("Nothing was changed.")
        return false
    }

    /// Enables the identities of instances that lack one, which the template only reads.
    func enableIdentities(_ proposal: inout DeploymentProposal) async throws {
        guard proposal.instances.contains(where: \.enablesIdentity) else { return }
        self.printer.note(.enablingIdentity)
        let change = InstanceIdentityChange(plane: self.plane, resources: self.plane, clock: self.clock)
        proposal.instances = try await proposal.instances.map(width: Self.width) { member in
            guard member.enablesIdentity else { return member }
            var member = member
            member.instance = try await change.enable(on: member.instance)
            member.enablesIdentity = false
            return member
        }
        try await self.survey.lookAgain(&proposal)
        self.printer.note(.identityEnabled)
    }

    /// Deploys, and takes away what the deployment takes the place of.
    ///
    /// - Parameters:
    ///   - proposal: What is deployed.
    ///   - replaced: What it takes the place of; where it fails that stays until the next one.
    /// - Returns: The deployment as it ended well.
    /// - Throws: ``BackupDomain/BackupError``
    func deploy(_ proposal: DeploymentProposal, replacing replaced: [String]) async throws -> EarlierDeployment {
        let handover = DeploymentHandover(resources: self.plane)
        if let earlier = proposal.earlier { try await handover.keep(earlier, at: proposal.place) }
        let made: EarlierDeployment
        do {
            made = try await self.rollout.deploy(proposal)
        } catch {
            self.printer.note(left: replaced)
            throw error
        }
        try await self.takeAway(replaced)
        if proposal.earlier != nil { try await self.end(handover, at: proposal.place) }
        return made
    }

    /// Lets go of what was kept of the deployment before; what was deployed does without that, and so may its first backup.
    private func end(_ handover: DeploymentHandover, at place: DeploymentPlace) async throws {
        do {
            try await handover.end(at: place)
        } catch let error as BackupError where error.code != .interrupted {
            self.printer.note(kept: error)
        }
    }

    /// Takes away what an earlier deployment made and the next one has no use for.
    func takeAway(_ resources: [String]) async throws {
        let removal = DeploymentRemoval(resources: self.plane, clock: self.clock)
        for resource in resources {
            do {
                try await removal.remove(resource)
                self.printer.note(superseded: resource)
            } catch let error as BackupError where error.azure?.code == "RoleDefinitionHasAssignments" {
                self.printer.note(stillInUse: resource)
            }
        }
    }

    /// What runs the backups of a deployment.
    func host(of deployment: EarlierDeployment) -> (any RemoteHost)? {
        if let job = deployment.outputs["startedJobId"] {
            return JobHost(job: job, isStartedAsItIs: true, resources: self.plane)
        }
        if let job = deployment.outputs["jobId"] { return JobHost(job: job, resources: self.plane) }
        if let workflow = deployment.outputs["workflowId"] {
            return LogicAppHost(workflow: workflow, resources: self.plane)
        }
        return nil
    }

    /// Starts a backup in Azure, follows it, and looks for its blob.
    ///
    /// - Parameters:
    ///   - host: Where it runs.
    ///   - places: Where the blobs are to be.
    ///   - rolesAreNew: Whether the host's roles were assigned just now.
    /// - Returns: What came of it.
    /// - Throws: ``BackupDomain/BackupError``
    func backUp(on host: any RemoteHost, into places: [BackupPlace], rolesAreNew: Bool) async throws -> RemoteOutcome {
        let end = try await self.follow(host, rolesAreNew: rolesAreNew)
        // Of several instances some may have a backup all the same.
        guard end.state == .succeeded || places.count > 1 else { return RemoteOutcome(end: end, proofs: []) }
        let proofs = try await places.map(width: Self.width) { place in
            (instance: place.instance, proof: try await self.look(into: place, since: end.start))
        }
        return RemoteOutcome(end: end, proofs: proofs)
    }

    private func look(into place: BackupPlace, since start: RemoteStart) async throws -> RemoteProof {
        do {
            return try await self.search(place).look(since: start)
        } catch let error as BackupError where error.code != .interrupted {
            return .unverified(error)
        }
    }

    private func search(_ place: BackupPlace) async throws -> RemoteBackupSearch {
        var backup = self.connection.settings.backup
        backup.storage.account = place.account
        backup.storage.container = place.container
        let opened = try await self.connection.open(backup, subscription: place.subscription)
        return RemoteBackupSearch(
            blobs: opened.storage.blobs,
            container: place.container,
            instance: place.instance,
            template: place.template
        )
    }

    private func follow(_ host: any RemoteHost, rolesAreNew: Bool) async throws -> RemoteBackup.End {
        let printer = self.printer
        let backup = RemoteBackup(
            host: host,
            clock: self.clock,
            timeout: self.connection.settings.backup.timeout
        ) { printer.note($0) }
        return try await backup.make(rolesAreNew: rolesAreNew)
    }

    /// How a command ends that had a backup made in Azure.
    ///
    /// - Parameters:
    ///   - outcome: What came of the backup.
    ///   - host: Where it ran.
    ///   - allowsUnverified: Whether a blob that could not be looked at is good enough.
    /// - Returns: The exit code.
    /// - Throws: ``BackupDomain/BackupError`` where there is no backup.
    func conclude(
        _ outcome: RemoteOutcome,
        by host: any RemoteHost,
        allowsUnverified: Bool
    ) throws(BackupError) -> ExitStatus {
        let missing = outcome.proofs.filter { $0.proof.outcome == .failed }.map(\.instance)
        if case .failed(let reason) = outcome.end.state {
            let without = missing.isEmpty ? "" : " Without a new backup: \(missing.joined(separator: ", "))."
            throw BackupError(
                .backupFailed,
                "The backup \(outcome.end.name) by \(host.title) failed: \(reason).\(without)",
                remedy:
                    "The host's own log says why: of a job under its executions in the portal, of a Logic App in its run "
                    + "history. Then try again: apim-backup run --remote."
            )
        }
        for (_, proof) in outcome.proofs {
            switch proof {
            case .missing(let error): throw error
            case .unverified(let error) where self.output.format == .table:
                ErrorPrinter(terminal: self.context.terminal).print(error)
            case .unverified, .verified: break
            }
        }
        return outcome.outcome == .unverified && allowsUnverified ? .success : outcome.outcome.exitCode
    }

    /// Finds what was deployed for an instance.
    ///
    /// - Parameters:
    ///   - name: The instance's name, or its resource id.
    ///   - group: The resource group of the deployment; nil for the instance's own.
    /// - Returns: The deployment and where it is.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where nothing was.
    func deployed(_ name: String, in group: String?) async throws -> (DeploymentPlace, EarlierDeployment) {
        let id = try await InstanceLookup(plane: self.plane).find(
            name,
            subscription: self.connection.settings.backup.subscription,
            resourceGroup: nil
        )
        let place = DeploymentPlace(
            subscription: id.subscription,
            resourceGroup: group ?? id.resourceGroup,
            instance: id.name
        )
        return (place, try await self.read(place, "apim-backup deploy --apim-name \(id.name)"))
    }

    /// Finds the job that was deployed for all instances of a settings file.
    ///
    /// - Parameter group: The resource group of the deployment.
    /// - Returns: The deployment and where it is.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is none, `invalidInput` where it is open in which
    ///   subscription to look.
    func deployedFleet(in group: String) async throws -> (DeploymentPlace, EarlierDeployment) {
        var subscription = self.connection.settings.backup.subscription
        if subscription == nil {
            let seen = try await self.plane.subscriptions()
            guard seen.count == 1 else {
                throw BackupError(
                    .invalidInput,
                    "This identity sees \(seen.count) subscriptions, and nothing says in which one the job is.",
                    remedy: "Name it with --subscription."
                )
            }
            subscription = seen[0]
        }
        let place = DeploymentPlace(subscription: subscription ?? "", resourceGroup: group, instance: nil)
        return (place, try await self.read(place, "apim-backup deploy --settings FILE --resource-group \(group)"))
    }

    private func read(_ place: DeploymentPlace, _ command: String) async throws -> EarlierDeployment {
        guard let found = try await DeploymentHandover(resources: self.plane).deployment(at: place) else {
            throw BackupError(
                .notFound,
                "Nothing was deployed for \(place.instance ?? "all instances") into the resource group \(place.resourceGroup): it has no deployment "
                    + "named \(place.name).",
                remedy: "Name the resource group with --resource-group, or deploy: \(command)."
            )
        }
        return found
    }
}
