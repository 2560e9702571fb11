import AzureClient
import BackupDomain
import BackupEngine
import Doctor
import Foundation
import Settings

/// The doctor at one instance: from its settings to the findings.
struct DoctorVisit: Sendable {
    let connection: AzureConnection
    let context: CommandContext

    /// Reads and judges.
    ///
    /// - Parameter instance: The instance, with what holds for it.
    /// - Returns: What the doctor says.
    /// - Throws: ``BackupDomain/BackupError`` where not even the account's address is known.
    func look(at instance: InstanceSettings) async throws -> DoctorReport {
        let id = try await self.find(instance)
        let opened = try await self.connection.open(instance.backup, subscription: id.value?.subscription)
        var subject = self.subject(instance, opened)
        if subject.accountID == nil {
            // The address of the blob service may be known without the account; for its settings the account is needed.
            let lookup = StorageAccountLookup(plane: self.connection.plane)
            subject.accountID = try? await lookup.find(opened.account, in: instance.backup.subscription)?.id
        }
        let examiner = Examiner(
            plane: self.connection.plane,
            resources: self.connection.plane,
            blobs: opened.storage.blobs,
            clock: self.connection.clock
        )
        var examination = try await examiner.examine(
            subject,
            instance: id,
            caller: await self.caller(),
            trial: "v1/trials/\(self.context.invocationID)"
        )
        examination.status = await self.status(instance, opened)
        examination.channelWarnings = await self.connection.channelWarnings()
        return DoctorReport(
            instance: examination.instance.value?.id.name ?? instance.reference,
            findings: Checkup.findings(examination)
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
            return error.code == .instanceNotFound ? .missing : .hidden(error.message)
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
            return .hidden((error as? BackupError)?.message ?? "\(error)")
        }
    }

    private func subject(_ instance: InstanceSettings, _ opened: OpenedStorage) -> Subject {
        let settings = self.connection.settings
        let access = try? self.context.storageAccess(instance.backup.access)
        return Subject(
            instance: instance.instanceName,
            account: opened.account,
            accountID: opened.storage.account.id,
            container: opened.settings.container,
            catalogContainer: opened.settings.catalogContainer,
            // A key that cannot be had here is told by `run`; the checks go by the kind of access only.
            access: access ?? .accessKey(Secret("")),
            apiVersion: settings.apiVersion,
            retention: instance.backup.retention,
            schedule: settings.instances.contains(instance) ? self.timing(instance.backup.schedule.schedule) : nil,
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
