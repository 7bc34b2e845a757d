"""The steps of the pipeline, one public function a module. No step imports another."""
