import EmulatorRuntime

extension JSON {
    /// Changes what a document names, and takes away what it sets to null.
    ///
    /// Source: RFC 7396.
    mutating func merge(_ changes: JSON) {
        for member in changes.object ?? [] {
            if member.value.isNull {
                self[member.name] = nil
            } else if member.value.object != nil, var inner = self[member.name], inner.object != nil {
                inner.merge(member.value)
                self[member.name] = inner
            } else {
                self[member.name] = member.value
            }
        }
    }
}
