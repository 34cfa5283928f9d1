"""Named wrong ideas about each layer, a file a layer."""
