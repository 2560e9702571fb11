import EmulatorRuntime

extension [String: String] {
    /// Reads the `tags` of a body; null means none.
    static func read(_ json: JSON, or refusal: ManagementError) throws(ManagementError) -> [String: String] {
        if json.isNull { return [:] }
        guard let members = json.object else { throw refusal }
        var tags: [String: String] = [:]
        for member in members {
            guard let value = member.value.string else { throw refusal }
            tags[member.name] = value
        }
        return tags
    }
}
