/// Reads assumptions, durations, and the provider's rules where Azure's own are not known; what is named singly wins.
struct RulesReader {
    let fields: FieldReader

    func read(into world: inout World) {
        self.assumptions(into: &world)
        if let fields = self.fields.object("timings") {
            self.timings(fields, into: &world.timings)
            fields.finish()
        }
        if let fields = self.fields.object("rules") {
            self.rules(fields, into: &world.rules)
            fields.finish()
        }
    }

    private func assumptions(into world: inout World) {
        for (name, answer) in (self.fields.texts("assume") ?? [:]).sorted(by: { $0.key < $1.key }) {
            do throws(AssumptionMistake) {
                try Assumption.answer(answer, to: name).apply(&world)
            } catch {
                self.fields.note("assume.\(name)", error.message)
            }
        }
    }

    private func timings(_ fields: FieldReader, into timings: inout Timings) {
        let week = 604_800
        timings.backupSeconds = fields.integer("backupSeconds", in: 1...week) ?? timings.backupSeconds
        timings.restoreSeconds = fields.integer("restoreSeconds", in: 1...week) ?? timings.restoreSeconds
        timings.retryAfterSeconds = fields.integer("retryAfterSeconds", in: 1...3600) ?? timings.retryAfterSeconds
        timings.tokenSeconds = fields.integer("tokenSeconds", in: 1...86_400) ?? timings.tokenSeconds
        timings.rolePropagationSeconds =
            fields.integer("rolePropagationSeconds", in: 0...86_400) ?? timings.rolePropagationSeconds
        timings.clockSkewSeconds = fields.integer("clockSkewSeconds", in: -week...week) ?? timings.clockSkewSeconds
        timings.operationLifetimeSeconds =
            fields.integer("operationLifetimeSeconds", in: 0...(52 * week)) ?? timings.operationLifetimeSeconds
        timings.containerDeletionSeconds =
            fields.integer("containerDeletionSeconds", in: 0...week) ?? timings.containerDeletionSeconds
        timings.activationSeconds = fields.integer("activationSeconds", in: 1...week) ?? timings.activationSeconds
        timings.deletionSeconds = fields.integer("deletionSeconds", in: 1...week) ?? timings.deletionSeconds
        timings.purgeSeconds = fields.integer("purgeSeconds", in: 1...week) ?? timings.purgeSeconds
        timings.softDeleteSeconds = fields.integer("softDeleteSeconds", in: 1...week) ?? timings.softDeleteSeconds
        timings.recoverableAfterSeconds =
            fields.integer("recoverableAfterSeconds", in: 0...week) ?? timings.recoverableAfterSeconds
        timings.deploymentStepSeconds =
            fields.integer("deploymentStepSeconds", in: 0...week) ?? timings.deploymentStepSeconds
    }

    private func rules(_ fields: FieldReader, into rules: inout ProviderRules) {
        let whileBusy = fields.choice("whileBusy", of: ProviderRules.WhileBusy.allCases.map(\.rawValue))
        rules.whileBusy = whileBusy.flatMap(ProviderRules.WhileBusy.init) ?? rules.whileBusy
        if let overwrites = fields.bool("overwritesBlob") { rules.existingBlob = overwrites ? .overwritten : .refused }
        rules.createsContainer = fields.bool("createsContainer") ?? rules.createsContainer
        rules.containerScopeCounts = fields.bool("containerScopeCounts") ?? rules.containerScopeCounts
        rules.backupFailureCode = fields.string("backupFailureCode") ?? rules.backupFailureCode
        rules.backupFailureStatus = fields.integer("backupFailureStatus", in: 400...599) ?? rules.backupFailureStatus
        rules.containerAppsRegions =
            fields.strings("containerAppsRegions")?.map(RegionName.short) ?? rules.containerAppsRegions
        rules.pageSize = fields.integer("pageSize", in: 1...1000) ?? rules.pageSize
    }
}
