package import BackupDomain
import FoundationEssentials

/// Reads what the checks judge by: as little as it can, and nothing that it may not read stops it.
package struct Examiner: Sendable {
    let plane: any ManagementPlane
    let resources: any ResourcePlane
    let blobs: any BlobStorage
    let clock: any WallClock

    /// Creates an examiner.
    ///
    /// - Parameters:
    ///   - plane: Azure Resource Manager, for the instance.
    ///   - resources: Azure Resource Manager, for everything else.
    ///   - blobs: The account's blob service.
    ///   - clock: The time.
    package init(
        plane: any ManagementPlane,
        resources: any ResourcePlane,
        blobs: any BlobStorage,
        clock: any WallClock
    ) {
        self.plane = plane
        self.resources = resources
        self.blobs = blobs
        self.clock = clock
    }

    /// Reads.
    ///
    /// - Parameters:
    ///   - subject: What is to hold.
    ///   - instance: The instance's resource id, or why it is not known.
    ///   - caller: The caller.
    ///   - trial: The name of the blob that is written and deleted again in the container of records; nil where the caller has
    ///     just written there.
    /// - Returns: What was read.
    /// - Throws: `CancellationError`
    package func examine(
        _ subject: Subject,
        instance: Reading<ResourceID>,
        caller: Reading<Examination.Caller>,
        trial: String?
    ) async throws -> Examination {
        var examination = Examination(subject: subject, at: self.clock.now)
        examination.caller = caller
        try await self.lookAtInstance(instance, &examination)
        try await self.lookAtAccount(&examination)
        try await self.lookAtContainers(&examination)
        examination.trial =
            if case .missing = examination.account {
                .missing
            } else if let trial {
                try await self.tryWriting(trial, in: subject.catalogContainer)
            } else { .found(nil) }
        try await self.lookAtWriter(&examination)
        return examination
    }

    private func lookAtInstance(_ id: Reading<ResourceID>, _ examination: inout Examination) async throws {
        guard case .found(let id) = id else {
            examination.instance = id.withoutValue()
            if case .missing = id {
                examination.locks = .missing
                examination.workspaceGateways = .missing
                examination.instanceRights = .missing
            } else {
                examination.locks = .hidden("The instance was not found.")
                examination.workspaceGateways = .hidden("The instance was not found.")
                examination.instanceRights = .hidden("The instance was not found.")
            }
            return
        }
        do {
            let asked = self.clock.now
            let (instance, answer) = try await self.plane.instance(id)
            examination.instance = .found(instance)
            examination.at = self.clock.now
            examination.clock = ClockComparison(service: answer.date, asked: asked, answered: examination.at)
        } catch let error as BackupError {
            examination.instance = error.code == .instanceNotFound ? .missing : Reading(error)
        }
        examination.workspaceGateways = try await self.workspaceGateways(of: examination.instance)
        examination.locks = try await self.locks(on: id)
        examination.instanceRights = try await self.callerRights(on: id.text)
    }

    private func lookAtAccount(_ examination: inout Examination) async throws {
        guard let id = examination.subject.accountID else {
            let reason =
                "The account was not found in the Resource Manager: that takes Reader on it, or there is none of that name."
            examination.account = try await self.isMissing(examination.subject) ? .missing : .hidden(reason)
            examination.blobService = .hidden(reason)
            examination.lifecycle = .hidden(reason)
            return
        }
        examination.account = try await self.read(id.text, "2023-05-01", "Microsoft.Storage/storageAccounts/read")
        examination.blobService = try await self.read(
            "\(id)/blobServices/default",
            "2023-05-01",
            "Microsoft.Storage/storageAccounts/blobServices/read"
        )
        examination.lifecycle = try await self.read(
            "\(id)/managementPolicies/default",
            "2023-05-01",
            "Microsoft.Storage/storageAccounts/managementPolicies/read"
        )
    }

    /// Whether the blob endpoint knows nothing of the account either, which Azure's Resource Manager does not show.
    private func isMissing(_ subject: Subject) async throws -> Bool {
        do {
            _ = try await self.blobs.containerExists(subject.catalogContainer)
            return false
        } catch let error as BackupError {
            return error.code == .storageAccountNotFound
        }
    }

    private func lookAtContainers(_ examination: inout Examination) async throws {
        let subject = examination.subject
        if case .missing = examination.account {
            examination.listing = .missing
            let reason = "There is no storage account '\(subject.account)'."
            for name in [subject.container, subject.catalogContainer] {
                examination.containers[name] = .hidden(reason)
                examination.containerRights[name] = .hidden(reason)
            }
            return
        }
        for name in [subject.container, subject.catalogContainer] {
            examination.containers[name] = try await self.container(name, subject)
            if let id = subject.containerID(name) {
                examination.containerRights[name] = try await self.callerRights(on: id)
            } else {
                examination.containerRights[name] = .hidden("The account's resource id is not known.")
            }
        }
        do {
            let page = try await self.blobs.list(
                subject.container,
                prefix: subject.instance,
                delimiter: nil,
                marker: nil
            )
            examination.listing = .found(page.blobs.count)
        } catch let error as BackupError {
            examination.listing = error.code == .notFound ? .missing : Reading(error)
        }
    }

    /// Reads a container's resource; for want of the right, only whether it is there.
    private func container(_ name: String, _ subject: Subject) async throws -> Reading<JSONValue> {
        if let id = subject.containerID(name) {
            let right = "Microsoft.Storage/storageAccounts/blobServices/containers/read"
            let reading = try await self.read(id, "2023-05-01", right)
            guard case .hidden = reading else { return reading }
        }
        do {
            return try await self.blobs.containerExists(name) ? .found(.object(["name": .string(name)])) : .missing
        } catch let error as BackupError {
            return Reading(error)
        }
    }

    private func tryWriting(_ name: String, in container: String) async throws -> Reading<BackupError?> {
        do {
            let etag = try await self.blobs.write(
                Data("apim-backup doctor\n".utf8),
                to: name,
                in: container,
                condition: .always,
                contentType: "text/plain"
            )
            _ = try await self.blobs.delete(name, in: container, condition: .matches(etag))
            return .found(nil)
        } catch let error as BackupError {
            return error.code == .notFound ? .missing : .found(error)
        }
    }
}
