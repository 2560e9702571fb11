/// Reads how many calls the Resource Manager takes.
struct ThrottlingReader {
    let fields: FieldReader

    func read(into limits: inout ThrottlingLimits) {
        guard let fields = self.fields.object("throttling") else { return }
        limits.isEnabled = fields.bool("enabled") ?? limits.isEnabled
        self.read("reads", of: fields, into: &limits.reads)
        self.read("writes", of: fields, into: &limits.writes)
        self.read("deletes", of: fields, into: &limits.deletes)
        self.read("resourceRequests", of: fields, into: &limits.resourceRequests)
        limits.globalFactor = fields.integer("globalFactor", in: 1...1000) ?? limits.globalFactor
        fields.finish()
    }

    private func read(_ name: String, of fields: FieldReader, into limit: inout BucketLimit) {
        guard let fields = fields.object(name) else { return }
        limit.capacity = fields.integer("bucket", in: 1...1_000_000) ?? limit.capacity
        if let refill = fields.number("refillPerSecond") {
            if refill < 0.001 { fields.note("refillPerSecond", "A number from 0.001 is expected.") }
            limit.refillPerSecond = max(0.001, refill)
        }
        fields.finish()
    }
}
