extension ResourceID {
    /// The resource id of a container of this storage account, which roles are assigned on.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storagerp/blob-containers/get>
    ///
    /// - Parameter name: The container's name.
    /// - Returns: The id.
    package func containerID(_ name: String) -> String {
        "\(self.text)/blobServices/default/containers/\(name)"
    }
}
