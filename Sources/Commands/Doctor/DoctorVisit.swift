import AzureClient
import BackupDomain
import BackupEngine
import Doctor
import Foundation
import Provisioning
import Settings

/// The doctor at one instance: from its settings to the findings.
struct DoctorVisit: Sendable {
    let connection: AzureConnection
    let context: CommandContext
    /// Who is asked for what is neither an instance nor a blob.
    let resources: any ResourcePlane
    /// What a person should know of the channels of the settings; the same for all instances.
    private var channelWarnings: [String] = []

    /// Prepares a visit.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - context: What the program is given.
    ///   - resources: Who is asked for what is neither an instance nor a blob; Azure itself where nobody is named.
    init(connection: AzureConnection, context: CommandContext, resources: (any ResourcePlane)? = nil) {
        self.connection = connection
        self.context = context
        self.resources = resources ?? connection.plane
    }

    /// Looks at the channels of the settings: what became of earlier notices, and whether their servers can be reached.
    ///
    /// - Returns: The visit, which tells of it at each instance.
    func lookingAtChannels() async -> Self {
        var visit = self
        visit.channelWarnings = await self.connection.channelWarnings()
        for problem in await ChannelReach(self.connection, files: self.context.files).problems() {
            visit.channelWarnings.append("\(problem.what.prefix(1).uppercased())\(problem.what.dropFirst()).")
        }
        return visit
    }

    /// Reads and judges, for a person who asks.
    ///
    /// - Parameter instance: The instance, with what holds for it.
    /// - Returns: What the doctor says.
    /// - Throws: ``BackupDomain/BackupError`` where not even the account's address is known.
    func look(at instance: InstanceSettings) async throws -> DoctorReport {
        let id = try await self.find(instance)
        let opened = try await self.connection.open(instance.backup, subscription: id.value?.subscription)
        let subject = await self.subject(
            instance,
            opened,
            isScheduled: self.connection.settings.instances.contains(instance)
        )
        let trial = "v1/trials/\(self.context.invocationID)"
        var examination = try await self.examine(subject, id, opened, trial: trial)
        examination.status = await self.status(instance, opened)
        examination.channelWarnings = self.channelWarnings
        return DoctorReport(
            instance: examination.instance.value?.id.name ?? instance.reference,
            findings: Checkup.findings(examination)
        )
    }

    /// Reads and judges, for the daily look: what people are told anyway, such as how the newest backup stands, is left out.
    ///
    /// - Parameters:
    ///   - instance: The instance, with what holds for it.
    ///   - id: Its resource id.
    /// - Returns: What each check came to.
    /// - Throws: ``BackupDomain/BackupError`` where Azure cannot be asked for the instance now, so that nothing can be said.
    func observations(on instance: InstanceSettings, _ id: ResourceID) async throws -> [CheckObservation] {
        let opened = try await self.connection.open(instance.backup, subscription: id.subscription)
        let subject = await self.subject(instance, opened, isScheduled: true)
        // That the look was claimed there has shown that records can be written.
        let examination = try await self.examine(subject, .found(id), opened, trial: nil)
        if case .unanswered(let reason) = examination.instance { throw BackupError(.unreachable, reason) }
        return Checkup.observations(Checkup.findings(examination))
    }

    private func examine(
        _ subject: Subject,
        _ id: Reading<ResourceID>,
        _ opened: OpenedStorage,
        trial: String?
    ) async throws -> Examination {
        let examiner = Examiner(
            plane: self.connection.plane,
            resources: self.resources,
            blobs: opened.storage.blobs,
            clock: self.connection.clock
        )
        var examination = try await examiner.examine(subject, instance: id, caller: await self.caller(), trial: trial)
        if case .missing = examination.instance {
            examination.deletion = await self.deletion(of: id.value?.text ?? subject.instance)
        }
        return examination
    }

    private func deletion(of reference: String) async -> Examination.Deletion? {
        guard let deleted = await self.connection.deletedInstance(named: reference) else { return nil }
        return Examination.Deletion(
            text: deleted.sentence(at: self.connection.clock.now),
            command: await self.connection.recovery(of: deleted)
        )
    }

    /// Mends one thing.
    ///
    /// - Parameters:
    ///   - fix: What.
    ///   - instance: The instance, with what holds for it.
    /// - Throws: ``BackupDomain/BackupError`` where Azure does not let us.
    func mend(_ fix: Fix, of instance: InstanceSettings) async throws {
        let opened = try await self.connection.open(instance.backup, subscription: instance.id?.subscription)
        let mender = Mender(
            plane: self.connection.plane,
            resources: self.connection.plane,
            blobs: opened.storage.blobs,
            clock: self.connection.patient
        )
        try await mender.mend(fix)
    }

    private func find(_ instance: InstanceSettings) async throws -> Reading<ResourceID> {
        do {
            return .found(
                try await InstanceLookup(plane: self.connection.plane).find(
                    instance.reference,
                    subscription: instance.backup.subscription,
                    resourceGroup: instance.resourceGroup
                )
            )
        } catch let error as BackupError where error.code != .invalidInput {
            return error.code == .instanceNotFound ? .missing : Reading(error)
        }
    }

    private func caller() async -> Reading<Examination.Caller> {
        do {
            let report = try await self.connection.tokens.report(for: self.connection.cloud.audience)
            return .found(
                Examination.Caller(
                    credential: report.credential,
                    objectID: report.objectID,
                    applicationID: report.applicationID
                )
            )
        } catch {
            return (error as? BackupError).map { Reading($0) } ?? .hidden("\(error)")
        }
    }

    private func subject(_ instance: InstanceSettings, _ opened: OpenedStorage, isScheduled: Bool) async -> Subject {
        let settings = self.connection.settings
        let access = try? self.context.storageAccess(instance.backup.access)
        var account = opened.storage.account.id
        if account == nil {
            // The address of the blob service may be known without the account; for its settings the account is needed.
            let lookup = StorageAccountLookup(plane: self.connection.plane)
            account = try? await lookup.find(opened.account, in: instance.backup.subscription)?.id
        }
        return Subject(
            instance: instance.instanceName,
            account: opened.account,
            accountID: account,
            container: opened.settings.container,
            catalogContainer: opened.settings.catalogContainer,
            // A key that cannot be had here is told by `run`; the checks go by the kind of access only.
            access: access ?? .accessKey(Secret("")),
            apiVersion: settings.apiVersion,
            retention: instance.backup.retention,
            schedule: isScheduled ? self.timing(instance.backup.schedule.schedule) : nil,
            isInventoryOnly: instance.backup.inventoryOnly,
            channels: settings.file == nil ? nil : settings.notifications.channels.count
        )
    }

    private func timing(_ schedule: Schedule) -> Subject.Timing {
        let now = self.connection.clock.now
        // Where the zone is not to be had, times are as far apart by UTC.
        let zone = (try? self.context.zones.rules(named: schedule.timeZone)) ?? .utc
        return Subject.Timing(
            text: "\(schedule.timing) \(schedule.timeZone)",
            next: NominalTimes(schedule.timing, zone: zone).first(after: now)?.at,
            longestInterval: schedule.longestInterval(zone: zone, around: now) ?? .seconds(0)
        )
    }

    private func status(_ instance: InstanceSettings, _ opened: OpenedStorage) async -> Reading<ProtectionStatus> {
        let now = self.connection.clock.now
        let expectations = Expectations(self.connection.settings, zones: self.context.zones, at: now)
        do {
            let lines = try await opened.status.lines(
                of: instance.instanceName,
                expecting: expectations.expected(in: opened.settings),
                standard: expectations.standard,
                at: now
            )
            guard let line = lines.first(where: { $0.key.map(instance.matches) ?? true }), line.status.lastRun != nil
            else {
                return .missing
            }
            return .found(line.status)
        } catch {
            return .hidden((error as? BackupError)?.message ?? "\(error)")
        }
    }
}
