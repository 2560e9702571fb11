extension ResourceID {
    /// What the name of a resource group must be, in words.
    package static let groupNameRule =
        "1 to 90 letters, digits, hyphens, underscores, parentheses and periods, no period last"

    /// Whether a text may name a resource group.
    ///
    /// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources>
    ///
    /// - Parameter name: The text.
    /// - Returns: Whether Azure could have such a group.
    package static func isValidGroupName(_ name: String) -> Bool {
        (1...90).contains(name.unicodeScalars.count) && name.last != "."
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
                    || "-_().".unicodeScalars.contains(scalar)
            }
    }
}
