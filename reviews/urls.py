from django.urls import path

from reviews.views import assigning, queue, replies, review

app_name = "reviews"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<uuid:public_id>/", review.review, name="review"),
    path("<uuid:public_id>/next/", review.following, name="next"),
    path("<uuid:public_id>/assign/", assigning.assign, name="assign"),
    path("<uuid:public_id>/reply/", replies.reply, name="reply"),
    path("<uuid:public_id>/second-look/", replies.second_look, name="second_look"),
]
