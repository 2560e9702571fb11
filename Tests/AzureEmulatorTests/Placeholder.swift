enum PlaceholderAzureEmulator {}
