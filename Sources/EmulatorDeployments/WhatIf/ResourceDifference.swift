package import EmulatorRuntime

/// What a deployment would change in one resource, property by property.
///
/// Source: `WhatIfPropertyChange`, Resource Manager, API version 2021-04-01. What the template does not name is left out, as
/// the provider's own, unless the resource is known to be a whole document.
package struct ResourceDifference: Sendable {
    private let isWhole: Bool

    /// Creates a comparison.
    ///
    /// - Parameter isWhole: Whether a property that is there and is not in the template would be taken away.
    package init(isWhole: Bool) { self.isWhole = isWhole }

    /// Compares a resource with what the template says of it.
    ///
    /// - Parameters:
    ///   - before: The resource as it is.
    ///   - after: The resource by the template.
    /// - Returns: One element for each change; none where nothing would change.
    package func changes(from before: JSON, to after: JSON) -> [JSON] {
        self.members(before, after, path: "", depth: 0)
    }

    private func members(_ before: JSON, _ after: JSON, path: String, depth: Int) -> [JSON] {
        var changes: [JSON] = []
        for member in after.object ?? [] {
            let inner = path.isEmpty ? member.name : "\(path).\(member.name)"
            guard let old = before.member(member.name), !old.isNull else {
                if !member.value.isNull {
                    changes.append(Self.change(inner, "Create", before: nil, after: member.value))
                }
                continue
            }
            changes += self.change(old, member.value, path: inner, depth: depth + 1)
        }
        // The outermost members are the resource's own, such as its id.
        guard self.isWhole, depth > 0 else { return changes }
        for member in before.object ?? [] where after.member(member.name) == nil {
            changes.append(Self.change("\(path).\(member.name)", "Delete", before: member.value, after: nil))
        }
        return changes
    }

    private func change(_ before: JSON, _ after: JSON, path: String, depth: Int) -> [JSON] {
        switch (before, after) {
        case (.object, .object): return self.members(before, after, path: path, depth: depth)
        case (.array(let old), .array(let new)):
            let children = self.elements(old, new, depth: depth)
            guard !children.isEmpty else { return [] }
            var change = Self.change(path, "Array", before: before, after: after)
            change["children"] = .array(children)
            return [change]
        default:
            return Self.isSame(before, after, path) ? [] : [Self.change(path, "Modify", before: before, after: after)]
        }
    }

    private func elements(_ old: [JSON], _ new: [JSON], depth: Int) -> [JSON] {
        var children: [JSON] = []
        for index in 0..<max(old.count, new.count) {
            let path = String(index)
            if index >= old.count {
                children.append(Self.change(path, "Create", before: nil, after: new[index]))
            } else if index >= new.count {
                children.append(Self.change(path, "Delete", before: old[index], after: nil))
            } else if old[index].object != nil, new[index].object != nil {
                let inner = self.members(old[index], new[index], path: "", depth: depth + 1)
                guard !inner.isEmpty else { continue }
                var change = Self.change(path, "Modify", before: old[index], after: new[index])
                change["children"] = .array(inner)
                children.append(change)
            } else {
                children += self.change(old[index], new[index], path: path, depth: depth + 1)
            }
        }
        return children
    }

    /// Ids, and names of regions, are the same in upper and lower case.
    private static func isSame(_ before: JSON, _ after: JSON, _ path: String) -> Bool {
        if before.isSame(as: after) { return true }
        guard let old = before.string?.lowercased(), let new = after.string?.lowercased() else { return false }
        if path == "location" { return old.replacing(" ", with: "") == new.replacing(" ", with: "") }
        return old.hasPrefix("/subscriptions/") && old == new
    }

    private static func change(_ path: String, _ kind: String, before: JSON?, after: JSON?) -> JSON {
        var change: JSON = ["path": .string(path), "propertyChangeType": .string(kind)]
        if let before { change["before"] = before }
        if let after { change["after"] = after }
        return change
    }
}
