package import BackupDomain
import BackupEngine
import Deployment

/// Looks at all that a deployment needs, before anything is made: what would fail half-way is told now, all at once.
package struct DeploymentSurvey: Sendable {
    let plane: any ManagementPlane
    let resources: any ResourcePlane
    let clock: any WallClock

    /// Creates a survey.
    package init(plane: any ManagementPlane, resources: any ResourcePlane, clock: any WallClock) {
        self.plane = plane
        self.resources = resources
        self.clock = clock
    }

    /// How many instances are looked at at once.
    private static let width = 8

    /// Looks, and puts together what would be deployed.
    ///
    /// - Parameter order: What is wanted.
    /// - Returns: What would be deployed.
    /// - Throws: ``BackupDomain/BackupError``: the only thing that stands in the way, or `deploymentRefused` with all.
    package func look(for order: DeploymentOrder) async throws -> DeploymentProposal {
        let looks = try await order.instances.map(width: Self.width) { try await self.look(at: $0, order) }
        var problems = looks.flatMap(\.problems)
        guard let first = looks.lazy.compactMap(\.id).first else { throw Self.combined(problems) }
        problems += Self.subscriptionProblems(looks.compactMap(\.id))
        var place = DeploymentPlace(
            subscription: first.subscription,
            resourceGroup: order.resourceGroup ?? first.resourceGroup,
            instance: order.settings == nil ? first.name : nil
        )
        let region = try await Self.gather(into: &problems) { try await self.checkGroup(&place, order) }
        if let region {
            problems += try await HostRequirements(resources: self.resources).problems(order.host, place, in: region)
            problems += try await NamedResources(resources: self.resources).problems(order.arguments, in: region)
        }
        guard problems.isEmpty else { throw Self.combined(problems) }
        return try await self.complete(order, place, looks.compactMap(\.found))
    }

    /// What a look at one instance showed.
    private struct Look: Sendable {
        var id: ResourceID?
        var found: ProtectedInstance?
        var problems: [BackupError] = []
    }

    private func look(at wanted: WantedInstance, _ order: DeploymentOrder) async throws -> Look {
        var look = Look()
        let id = try await Self.gather(into: &look.problems) {
            try await InstanceLookup(plane: self.plane).find(
                wanted.reference,
                subscription: wanted.subscription,
                resourceGroup: wanted.resourceGroup
            )
        }
        guard let id else { return look }
        look.id = id
        let asked = self.clock.now
        let read = try await Self.gather(into: &look.problems) { try await self.plane.instance(id) }
        let answered = self.clock.now
        let account = try await Self.gather(into: &look.problems) {
            try await self.account(wanted.account, beside: id)
        }
        guard let (instance, answer) = read else { return look }
        let clock = ClockComparison(service: answer.date, asked: asked, answered: answered)
        if let error = BackupChecks.clockRefusal(clock) { throw error }
        let (enablesIdentity, refusal) = Self.check(instance, wanted, order.apiVersion)
        if let refusal { look.problems.append(refusal) }
        look.found = account.map { account in
            ProtectedInstance(
                instance: instance,
                account: account,
                container: wanted.container,
                catalogContainer: wanted.catalogContainer,
                access: wanted.access,
                backupName: wanted.backupName,
                enablesIdentity: enablesIdentity,
                isInventoryOnly: wanted.isInventoryOnly
            )
        }
        return look
    }

    private static func subscriptionProblems(_ ids: [ResourceID]) -> [BackupError] {
        guard let first = ids.first else { return [] }
        return ids.filter { $0.subscription.lowercased() != first.subscription.lowercased() }.map { id in
            BackupError(
                .deploymentRefused,
                "\(id.name) is in the subscription \(id.subscription), and \(first.name) in \(first.subscription): one job serves "
                    + "one subscription.",
                remedy: "Deploy a job for each, with a settings file of its own."
            )
        }
    }

    private func complete(
        _ order: DeploymentOrder,
        _ place: DeploymentPlace,
        _ instances: [ProtectedInstance]
    ) async throws -> DeploymentProposal {
        var proposal = DeploymentProposal(
            host: order.host,
            place: place,
            instances: instances,
            settings: order.settings,
            arguments: order.arguments,
            notes: [],
            earlier: try await DeploymentHandover(resources: self.resources).deployment(at: place)
        )
        proposal.complete()
        var problems = try await self.lockProblems(proposal)
        let storage = StorageSurvey(resources: self.resources)
        problems += try await storage.look(&proposal)
        problems += try await CallerRights(resources: self.resources).problems(proposal)
        guard problems.isEmpty else { throw Self.combined(problems) }
        try await self.validate(proposal)
        return proposal
    }

    /// Looks again at what depends on the instances' identities, once they are enabled.
    ///
    /// - Parameter proposal: What is about to be deployed.
    /// - Throws: ``BackupDomain/BackupError``
    package func lookAgain(_ proposal: inout DeploymentProposal) async throws {
        try await StorageSurvey(resources: self.resources).lookAtWriters(&proposal)
    }

    /// Whether the identity must be enabled, and what else stands in the way of a backup.
    private static func check(
        _ instance: Instance,
        _ wanted: WantedInstance,
        _ apiVersion: String
    ) -> (Bool, BackupError?) {
        // An inventory is read by the job's own rights, of any tier.
        if wanted.isInventoryOnly { return (false, nil) }
        if case .identity(let name) = wanted.access, wanted.access.attached(to: instance) == nil {
            let has = instance.identity.userAssigned.map(\.resourceID)
            let problem = BackupError(
                .identityMissing,
                "The instance \(instance.id.name) does not have the identity \(name) to write backups with"
                    + (has.isEmpty ? "; it has no user-assigned one." : "; it has \(has.joined(separator: ", "))."),
                remedy: "Attach it in the portal, at the instance under Managed identities, or name one that it has."
            )
            return (false, problem)
        }
        var seen = instance
        let isEnabled = wanted.access != .system || instance.identity.systemPrincipalID != nil
        if !isEnabled { seen.identity.systemPrincipalID = "to be enabled" }
        let access = wanted.access.storageAccess(of: instance)
        return (!isEnabled, BackupChecks.refusal(of: seen, access: access, apiVersion: apiVersion))
    }

    /// The region to deploy into; the group must be there, since nobody but its owner says where it should be.
    private func checkGroup(_ place: inout DeploymentPlace, _ order: DeploymentOrder) async throws -> String {
        let answer = try await self.resources.send(.get, place.group, apiVersion: "2021-04-01", body: nil)
        if answer.status == 404 {
            throw BackupError(
                .deploymentRefused,
                "There is no resource group \(place.resourceGroup) in the subscription \(place.subscription).",
                remedy: "Create it: az group create --name \(place.resourceGroup) --location REGION",
                azure: answer.fault
            )
        }
        guard answer.status == 200, let location = answer.document?["location"]?.string else {
            throw answer.refusal("reading the resource group \(place.resourceGroup)")
        }
        place.resourceGroup = answer.document?["name"]?.string ?? place.resourceGroup
        return order.arguments.text(BackupInputs.location) ?? location
    }

    private func account(_ name: String, beside instance: ResourceID) async throws -> ResourceID {
        let type = ResourceTypes.storageAccounts.rawValue
        let found = try await self.plane.resources(ofType: type, named: name, in: instance.subscription)
        if let first = found.first { return first }
        throw BackupError(
            .storageAccountNotFound,
            "No storage account named '\(name)' can be seen in the subscription \(instance.subscription), where the "
                + "instance \(instance.name) is.",
            remedy:
                "Check the name and that this identity may read the account. One template serves one subscription: an "
                + "account in another one takes apim-backup run, with its own schedule."
        )
    }

    private func lockProblems(_ proposal: DeploymentProposal) async throws -> [BackupError] {
        var problems: [BackupError] = []
        var told: Set<String> = []
        let scopes = proposal.instances.flatMap { [$0.instance.id.text, $0.account.text] } + [proposal.place.group]
        var seen: Set<String> = []
        for scope in scopes where seen.insert(scope.lowercased()).inserted {
            let path = "\(scope)/providers/Microsoft.Authorization/locks"
            let locks: [JSONValue]
            do {
                // A group's list would also have those of the resources in it.
                locks = try await self.resources.list(path, apiVersion: "2020-05-01", filter: "atScope()")
            } catch let error as BackupError where error.code == .permissionDenied || error.azure?.status == 403 {
                // Who may not read locks finds them out by the validation or by the deployment.
                continue
            }
            let names = locks.filter { $0["properties"]?["level"]?.string?.lowercased() == "readonly" }
                .compactMap { $0["id"]?.string }
            guard let name = names.first, told.insert(name.lowercased()).inserted else { continue }
            problems.append(
                BackupError(
                    .scopeLocked,
                    "The lock \(name) makes \(scope) read-only: no role can be assigned there, and no backup started.",
                    remedy: "Replace it by a lock of the level CanNotDelete: az lock delete --ids \(name)"
                )
            )
        }
        return problems
    }

    /// Lets Azure itself look: types, names, and the rights of who deploys.
    private func validate(_ proposal: DeploymentProposal) async throws {
        let version = ResourceTypes.deployments.apiVersion
        let path = "\(proposal.place.deployment)/validate"
        var answer = try await self.resources.send(.post, path, apiVersion: version, body: try proposal.body)
        if answer.status == 202 {
            answer = try await Following(resources: self.resources, clock: self.clock).end(of: answer)
        }
        guard answer.isSuccess else {
            throw BackupError(
                answer.status == 403 ? .permissionDenied : .deploymentRefused,
                "Azure would not take this deployment into \(proposal.place.resourceGroup); nothing was made.",
                remedy: answer.status == 403
                    ? "Deploy as somebody who has the rights that Azure names, or let another team grant the roles: --set "
                        + "assign_roles=false, and apim-backup permissions."
                    : "Change what Azure names.",
                azure: answer.fault
            )
        }
    }

    /// Gathers the error of a look, so that the next one is made too; what keeps Azure from being reached ends all.
    private static func gather<Value>(
        into problems: inout [BackupError],
        _ look: () async throws -> Value
    ) async throws -> Value? {
        do {
            return try await look()
        } catch let error as BackupError
            where [
                .notFound, .storageAccountNotFound, .permissionDenied, .azureError, .instanceNotFound,
                .instanceAmbiguous, .deploymentRefused,
            ].contains(error.code)
        {
            problems.append(error)
            return nil
        }
    }

    private static func combined(_ problems: [BackupError]) -> BackupError {
        guard problems.count > 1 else {
            return problems.first ?? BackupError(.deploymentRefused, "It cannot be deployed.")
        }
        return BackupError(
            .deploymentRefused,
            "\(problems.count) things stand in the way; nothing was made.\n"
                + problems.map { "  * \($0)" }.joined(separator: "\n")
        )
    }
}
