import BackupDomain
import Deployment
import FoundationEssentials

/// What is wrong with values that the template itself would take: Azure would say so half-way, or never.
extension DeploymentOptions {
    /// What is wrong with a resource id in the place of the instance's name.
    var instanceProblems: [String] {
        guard let text = self.apimName, text.hasPrefix("/"), self.instanceID == nil else { return [] }
        return [
            "--apim-name: '\(text)' is not the resource id of an API Management instance: it looks like "
                + "/subscriptions/…/resourceGroups/…/providers/Microsoft.ApiManagement/service/NAME."
        ]
    }

    /// What is wrong with the resource group to deploy into.
    var groupProblems: [String] {
        guard let group = self.resourceGroup, !ResourceID.isValidGroupName(group) else { return [] }
        return ["--resource-group: '\(group)' cannot name a group: \(ResourceID.groupNameRule)."]
    }

    /// Names that Azure forbids.
    static func nameProblems(_ arguments: TemplateArguments) -> [String] {
        let rules: [(TemplateParameter, String, (String) -> Bool)] = [
            (BackupInputs.instance, Instance.nameRule, { Instance.isValidName($0) || $0.hasPrefix("/") }),
            (BackupInputs.storageAccount, "3 to 24 lower-case letters and digits", StorageAccount.isValidName),
            (BackupInputs.instanceGroup, ResourceID.groupNameRule, ResourceID.isValidGroupName),
            (BackupInputs.storageGroup, ResourceID.groupNameRule, ResourceID.isValidGroupName),
            (BackupInputs.container, Self.containerRule, StorageAccount.isValidContainerName),
            (JobInputs.catalogContainer, Self.containerRule, StorageAccount.isValidContainerName),
        ]
        let problems = rules.compactMap { parameter, rule, isValid -> String? in
            guard let text = arguments.text(parameter), !isValid(text) else { return nil }
            return "\(parameter.name): Azure has no such name as '\(text)': it takes \(rule)."
        }
        guard let template = arguments.text(BackupInputs.backupName) else { return problems }
        do throws(BackupError) {
            _ = try BackupNameTemplate(template)
            return problems
        } catch {
            return problems + ["\(BackupInputs.backupName.name): \(error.message)"]
        }
    }

    /// What only Azure's mail or a half-made deployment would show.
    static func formProblems(_ arguments: TemplateArguments) -> [String] {
        let ids = [
            BackupInputs.accessIdentity, JobInputs.environment, JobInputs.subnet, JobInputs.registryIdentity,
        ]
        var problems = ids.compactMap { parameter -> String? in
            guard let text = arguments.text(parameter), !text.isEmpty, ResourceID(text) == nil else { return nil }
            return "\(parameter.name): '\(text)' is no resource id: it begins with /subscriptions/."
        }
        if let address = arguments.text(BackupInputs.alertEmail), !address.isEmpty,
            address.wholeMatch(of: /[^@\s]+@[^@\s]+/) == nil
        {
            problems.append("\(BackupInputs.alertEmail.name): '\(address)' is no e-mail address.")
        }
        let given = [BackupInputs.alertEmail, JobInputs.environment].compactMap(arguments.text)
        if given.count == 2, given.allSatisfy({ !$0.isEmpty }) {
            problems.append(
                "\(BackupInputs.alertEmail.name): with \(JobInputs.environment.name) nobody would be told, since the log goes where that "
                    + "environment sends it. Leave one of the two out; channels and the heartbeat of the settings tell too."
            )
        }
        return problems
    }

    /// What would keep every night from coming: Azure takes any text as an argument of the job.
    func scheduleProblems(_ arguments: TemplateArguments, _ zones: any TimeZoneDatabase, _ now: Date) -> [String] {
        switch self.host {
        case .logicApp:
            guard let zone = arguments.text(LogicAppInputs.timeZone),
                zone.wholeMatch(of: /UTC([+-]\d\d)?|.+ Standard Time.*|Russia Time Zone \d+/) == nil
            else { return [] }
            return [
                "\(LogicAppInputs.timeZone.name): Logic Apps know no zone '\(zone)': they take Windows' names, such as W. Europe "
                    + "Standard Time."
            ]
        case .containerAppJob:
            var problems: [String] = []
            func check(_ parameter: TemplateParameter, _ read: (String) throws(BackupError) -> Void) {
                guard let text = arguments.text(parameter) else { return }
                do throws(BackupError) {
                    try read(text)
                } catch {
                    problems.append(
                        "\(parameter.name): \([error.message, error.remedy].compactMap(\.self).joined(separator: " "))"
                    )
                }
            }
            check(JobInputs.cron) { text throws(BackupError) in _ = try CronExpression(text) }
            check(JobInputs.timeZone) { text throws(BackupError) in _ = try zones.rules(named: text) }
            guard problems.isEmpty, let text = arguments.text(JobInputs.cron), let cron = try? CronExpression(text),
                let zone = arguments.text(JobInputs.timeZone)
            else { return problems }
            let alarm = MissedAlarm(arguments: arguments, zones: zones, now: now)
            return alarm.problem(of: Schedule(timing: .cron(cron), timeZone: zone), JobInputs.cron.name).map { [$0] }
                ?? []
        }
    }

    private static let containerRule = "3 to 63 lower-case letters, digits and single hyphens, none first or last"
}
