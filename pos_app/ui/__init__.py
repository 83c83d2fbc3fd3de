"""The screens: Qt lives here and in `pos_app.app`, nowhere else."""
