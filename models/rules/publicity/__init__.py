"""What publicity is judged by: arrivals against their days, wordings, incidents, the rotation of slogans."""
